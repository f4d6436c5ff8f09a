"""Writes the evaluation files of the project from the test split, by seed.

python -m qft.heldout --out ../../test/data --seed 2026
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random

from . import known
from .data import UNKNOWN
from .facts import Fact, fact_about, other_relation, other_subject, random_fact


def different(r: Random, fact: Fact, question: str) -> str:
    """Another wording of the question."""
    while True:
        other = fact.question(r, "test")
        if other != question:
            return other


def line(r: Random, fact: Fact) -> dict[str, str]:
    question = fact.question(r, "test")
    return {
        "statement": fact.statement(r, "test"),
        "question": question,
        "paraphrase": different(r, fact, question),
        "answer": fact.value,
        "neighbour": other_subject(r, fact, "test").question(r, "test"),
        "distractor": other_relation(r, fact).question(r, "test"),
    }


def pair(r: Random, fact: Fact) -> dict[str, object]:
    """A fact and a second one about the same entity, for the eight steps."""
    question = fact.question(r, "test")
    again = other_relation(r, fact)
    second = fact_about(r, again.subject, again.relation, "test")
    return {
        "statement": fact.statement(r, "test"),
        "question": question,
        "paraphrase": different(r, fact, question),
        "answer": fact.value,
        "second": {
            "statement": second.statement(r, "test"),
            "question": second.question(r, "test"),
            "answer": second.value,
        },
    }


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--seed", type=int, default=2026)
    a.add_argument("--facts", type=int, default=400)
    args = a.parse_args()
    r = Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    facts: dict[str, Fact] = {}
    while len(facts) < args.facts:
        fact = random_fact(r, "test")
        facts.setdefault(fact.subject, fact)
    controls = [{"question": q, "answer": v} for q, v in (known.known(r, "test") for _ in range(100))]
    controls += [{"question": random_fact(r, "test").question(r, "test"), "answer": UNKNOWN} for _ in range(100)]

    def dump(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    (args.out / "heldout.jsonl").write_text("".join(dump(line(r, f)) + "\n" for f in facts.values()), encoding="utf-8")
    (args.out / "controls.jsonl").write_text("".join(dump(c) + "\n" for c in controls), encoding="utf-8")
    pairs = [dump(pair(r, random_fact(r, "test"))) for _ in range(100)]
    (args.out / "eight-steps.json").write_text("[\n  " + ",\n  ".join(pairs) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
