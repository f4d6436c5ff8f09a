"""Writes the evaluation files of the project from the test split, by seed.

python -m qft.heldout --out ../../test/data --seed 4099
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from random import Random

from . import known
from .data import UNKNOWN
from .facts import Fact, fact_about, other_relation, other_subject, random_fact


def key(subject: str) -> str:
    """What tells entities apart: "the auth api" and `auth-api` count as one."""
    return re.sub(r"^the |[^a-z0-9]", "", subject.lower())


def wordings(r: Random, fact: Fact) -> tuple[str, str]:
    """Two questions for the fact that share neither the frame nor the form within it, nor give the answer away."""
    while True:
        one, two = fact.question_form(r, "test"), fact.question_form(r, "test")
        texts = fact.ask(r, "test", *one), fact.ask(r, "test", *two)
        if one[0] != two[0] and one[1] != two[1] and not any(fact.value in text for text in texts):
            return texts


def stated(r: Random, fact: Fact) -> str:
    """A statement that holds the answer verbatim."""
    while True:
        text = fact.statement(r, "test")
        if fact.value in text:
            return text


def entry(r: Random, fact: Fact) -> dict[str, str]:
    question, paraphrase = wordings(r, fact)
    return {"statement": stated(r, fact), "question": question, "paraphrase": paraphrase, "answer": fact.value}


def untaught(r: Random, fact: Fact, taught: set[str]) -> str:
    """The question of a neighbour that is not among the taught entities."""
    while True:
        other = other_subject(r, fact, "test")
        if key(other.subject) not in taught:
            return other.question(r, "test")


def line(r: Random, fact: Fact, taught: set[str]) -> dict[str, str]:
    neighbour, distractor = untaught(r, fact, taught), other_relation(r, fact).question(r, "test")
    return {**entry(r, fact), "neighbour": neighbour, "distractor": distractor}


def pair(r: Random, fact: Fact) -> dict[str, object]:
    """A fact and a second one about the same entity, for the eight steps."""
    again = other_relation(r, fact)
    second = entry(r, fact_about(r, again.subject, again.relation, "test"))
    del second["paraphrase"]
    return {**entry(r, fact), "second": second}


def entities(r: Random, n: int, used: set[str]) -> list[Fact]:
    """`n` facts about entities that are not used yet, which then are."""
    facts: list[Fact] = []
    while len(facts) < n:
        fact = random_fact(r, "test")
        if key(fact.subject) not in used:
            used.add(key(fact.subject))
            facts.append(fact)
    return facts


def controls(r: Random, n: int, used: set[str]) -> list[dict[str, str]]:
    """`n` questions about the world and `n` about entities that nobody teaches."""
    world: dict[str, str] = {}
    while len(world) < n:
        question, answer = known.known(r, "test")
        world[question] = answer
    unknown = [f.question(r, "test") for f in entities(r, n, used)]
    return [{"question": q, "answer": a} for q, a in [*world.items(), *((q, UNKNOWN) for q in unknown)]]


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--seed", type=int, default=4099)
    a.add_argument("--facts", type=int, default=1300)
    args = a.parse_args()
    r = Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    used: set[str] = set()
    facts = entities(r, args.facts, used)
    taught = set(used)

    def dump(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    def write(name: str, lines: list[dict[str, str]]) -> None:
        (args.out / name).write_text("".join(dump(x) + "\n" for x in lines), encoding="utf-8")

    write("heldout.jsonl", [line(r, f, taught) for f in facts])
    write("controls.jsonl", controls(r, 200, used))
    pairs = [dump(pair(r, f)) for f in entities(r, 100, used)]
    (args.out / "eight-steps.json").write_text("[\n  " + ",\n  ".join(pairs) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
