"""Training rows and teaching episodes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from . import known, names
from .company import CompanyRows
from .facts import Fact, fact_about, other_relation, other_subject, random_fact
from .names import Split

UNKNOWN = "Need more information."


@dataclass(frozen=True)
class Row:
    """One prompt with its expected answer: `system: {system}\\nuser: {user}\\nassistant: {answer}\\n`."""

    system: str
    user: str
    answer: str


def statements(r: Random, facts: list[Fact], split: Split) -> str:
    texts = [f.statement(r, split) for f in facts]
    r.shuffle(texts)
    return " ".join(texts)


def instruct(r: Random, split: Split, among: float) -> Row:
    """The fact is in the prompt, with probability `among` among others."""
    fact = random_fact(r, split)
    others = [random_fact(r, split) for _ in range(r.choice([1, 1, 2]) if r.random() < among else 0)]
    if others and r.random() < 0.3:
        others[0] = other_relation(r, fact)
    return Row(statements(r, [fact, *others], split), fact.question(r, split), fact.value)


def irrelevant(r: Random, split: Split) -> Row:
    """The prompt states something else: another entity, another relation, or both."""
    fact = random_fact(r, split)
    x = r.random()
    asked = other_subject(r, fact, split) if x < 0.45 else other_relation(r, fact) if x < 0.9 else random_fact(r, split)
    return Row(fact.statement(r, split), asked.question(r, split), UNKNOWN)


def unknown(r: Random, split: Split) -> Row:
    return Row("", random_fact(r, split).question(r, split), UNKNOWN)


def known_row(r: Random, split: Split) -> Row:
    question, answer = known.known(r, split)
    system = random_fact(r, split).statement(r, split) if r.random() < 0.15 else ""
    return Row(system, question, answer)


def copy_drill(r: Random) -> Row:
    """Dense practice in copying: repeat a few names and values exactly."""
    makers = [
        names.person,
        names.company,
        names.service,
        names.identifier,
        names.version,
        names.port,
        names.path,
        names.env,
    ]
    items = " ".join(names.in_split(r.choice(makers), "train")(r) for _ in range(r.randint(1, 3)))
    return Row(items, r.choice(["Repeat.", "Say it again."]), items)


class Mixture:
    """Draws training rows: `drill` is the share of copy drills, `among` that of prompts with several facts."""

    def __init__(self, company: CompanyRows) -> None:
        self.company = company

    def row(self, r: Random, drill: float = 0.0, among: float = 0.5) -> Row:
        x = r.random()
        if x < drill:
            return copy_drill(r)
        x = r.random()
        if x < 0.52:
            return instruct(r, "train", among)
        if x < 0.62:
            return unknown(r, "train")
        if x < 0.76:
            return known_row(r, "train")
        if x < 0.95:
            return irrelevant(r, "train")
        return Row(*self.company.row(r))


@dataclass(frozen=True)
class Episode:
    """One simulated teaching session. `instruct`, `update` and `query` are parallel, one row a fact."""

    instruct: list[Row]
    update: list[Row]
    query: list[Row]
    locality: list[Row]


def episode(r: Random, n: int, split: Split = "train") -> Episode:
    """Teaches `n` facts; locality asks neighbours, other relations, known facts and untaught entities."""
    facts: list[Fact] = []
    while len(facts) < n:
        fact = random_fact(r, split)
        if facts and r.random() < 0.25:  # a second fact about an entity, or the same relation of another one
            base = r.choice(facts)
            again = other_relation(r, base) if r.random() < 0.5 else other_subject(r, base, split)
            value = fact_value(r, again, split)
            fact = Fact(again.subject, value, again.relation, again.noun, again.joint)
        if all((f.subject, f.relation) != (fact.subject, fact.relation) for f in facts):
            facts.append(fact)
    taught = {(f.subject, f.relation) for f in facts}
    rows = Episode([], [], [], [])
    for fact in facts:
        question = fact.question(r, split)
        rows.instruct.append(Row(fact.statement(r, split), question, fact.value))
        rows.update.append(Row("", question, fact.value))
        rows.query.append(Row("", fact.question(r, split), fact.value))
        neighbours = [other_subject(r, fact, split), other_relation(r, fact)]
        if n > 8:
            neighbours = [r.choice(neighbours)]
        for asked in neighbours:
            if (asked.subject, asked.relation) not in taught:
                rows.locality.append(Row("", asked.question(r, split), UNKNOWN))
    for _ in range(max(4, n // 3)):
        rows.locality.append(Row("", *known.known(r, split)))
        rows.locality.append(unknown(r, split))
    return rows


def fact_value(r: Random, like: Fact, split: Split) -> str:
    """A fresh value of the kind that the relation of `like` has."""
    if like.joint:
        return names.in_split(names.person, split)(r)
    return fact_about(r, like.subject, like.relation, split).value
