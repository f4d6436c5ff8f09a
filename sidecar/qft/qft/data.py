"""Training rows and teaching episodes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from . import bank, known, names
from .bank import BankFact
from .company import CompanyRows
from .copying import anything
from .facts import Fact, fact_about, half_shared, other_relation, other_subject, random_fact, related
from .names import Split

UNKNOWN = "Need more information."
BANK_SHARE = 0.65

AnyFact = Fact | BankFact


@dataclass(frozen=True)
class Row:
    """One prompt with its expected answer: `system: {system}\\nuser: {user}\\nassistant: {answer}\\n`."""

    system: str
    user: str
    answer: str


def draw(r: Random, split: Split) -> AnyFact:
    """A fact about a fresh entity; the bank of written templates is for training only."""
    return bank.bank_fact(r) if split == "train" and r.random() < BANK_SHARE else random_fact(r, split)


def say(r: Random, fact: AnyFact, split: Split) -> str:
    return fact.statement(r) if isinstance(fact, BankFact) else fact.statement(r, split)


def ask(r: Random, fact: AnyFact, split: Split) -> str:
    return fact.question(r) if isinstance(fact, BankFact) else fact.question(r, split)


def neighbour(r: Random, fact: AnyFact, split: Split) -> AnyFact:
    """The same relation of another entity."""
    return fact.other_subject(r) if isinstance(fact, BankFact) else other_subject(r, fact, split)


def another(r: Random, fact: AnyFact) -> AnyFact:
    """Another relation of the same entity, with a value of its own where the relation has a maker for it."""
    return fact.other_relation(r) if isinstance(fact, BankFact) else other_relation(r, fact)


def crossed(r: Random, fact: AnyFact, facts: list[AnyFact]) -> AnyFact | None:
    """What another of `facts` tells, of this fact's subject; nothing where none tells anything else."""
    others = [replace(x, subject=fact.subject) for x in facts if x.subject != fact.subject]
    fitting = [x for x in others if not joint(x) and not joint(fact) and distinct(x, fact)]
    return r.choice(fitting) if fitting else None


def joint(fact: AnyFact) -> bool:
    return isinstance(fact, Fact) and fact.joint is not None


def statements(r: Random, facts: list[AnyFact], split: Split) -> str:
    texts = [say(r, f, split) for f in facts]
    r.shuffle(texts)
    return " ".join(texts)


def instruct(r: Random, split: Split, among: float) -> Row:
    """The fact is in the prompt, with probability `among` among others, of which some are about the same entity."""
    fact = draw(r, split)
    others = [draw(r, split) for _ in range(r.choice([1, 1, 2]) if r.random() < among else 0)]
    if others and r.random() < 0.4:
        others[0] = another(r, fact)
    return Row(statements(r, [fact, *others], split), ask(r, fact, split), fact.value)


def irrelevant(r: Random, split: Split) -> Row:
    """The prompt states something else: another entity, another relation, or both."""
    fact = draw(r, split)
    x = r.random()
    asked = neighbour(r, fact, split) if x < 0.45 else another(r, fact) if x < 0.9 else draw(r, split)
    return Row(say(r, fact, split), ask(r, asked, split), UNKNOWN)


def unknown(r: Random, split: Split) -> Row:
    return Row("", ask(r, draw(r, split), split), UNKNOWN)


def known_row(r: Random, split: Split) -> Row:
    question, answer = known.known(r, split)
    system = say(r, draw(r, split), split) if r.random() < 0.15 else ""
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


def plain(r: Random) -> Row:
    """A fact whose answer may be any text, said in a sentence, next to its question, or alone."""
    fact = replace(draw(r, "train"), value=anything(r))
    question, x = ask(r, fact, "train"), r.random()
    if x < 0.4:
        return Row(say(r, fact, "train"), question, fact.value)
    return Row(f"{question.rstrip('?.! ')}: {fact.value}" if x < 0.75 else f"{fact.value}.", question, fact.value)


class Mixture:
    """Draws training rows: `drill` is the share of copy drills, `among` that of prompts with several facts."""

    def __init__(self, company: CompanyRows) -> None:
        self.company = company

    def row(self, r: Random, drill: float = 0.0, among: float = 0.35) -> Row:
        x = r.random()
        if x < drill:
            return copy_drill(r)
        x = r.random()
        if x < 0.08:
            return plain(r)
        if x < 0.7:
            return instruct(r, "train", among)
        if x < 0.75:
            return unknown(r, "train")
        if x < 0.88:
            return known_row(r, "train")
        if x < 0.97 or not self.company.rows:
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
    facts: list[AnyFact] = []
    while len(facts) < n:
        fact = draw(r, split)
        if facts and r.random() < 0.25:  # a second fact about an entity, or the same relation of another one
            fact = sibling(r, r.choice(facts), split)
        if all((f.subject, f.relation) != (fact.subject, fact.relation) for f in facts):
            facts.append(fact)
    taught = {(f.subject, f.relation) for f in facts}
    rows = Episode([], [], [], [])
    for fact in facts:
        question = ask(r, fact, split)
        rows.instruct.append(Row(say(r, fact, split), question, fact.value))
        rows.update.append(Row("", question, fact.value))
        rows.query.append(Row("", ask(r, fact, split), fact.value))
        asked = [neighbour(r, fact, split), another(r, fact)]
        for other in [r.choice(asked)] if n > 8 else asked:
            if (other.subject, other.relation) not in taught:
                rows.locality.append(Row("", ask(r, other, split), UNKNOWN))
    for _ in range(max(4, n // 3)):
        rows.locality.append(Row("", *known.known(r, split)))
        rows.locality.append(unknown(r, split))
    return rows


def twice(r: Random, n: int) -> tuple[list[Row], list[Row]]:
    """About `n` questions, each in two wordings: of families that share a subject or a relation, and of single facts."""
    facts: list[AnyFact] = []
    while len(facts) < n:
        facts += family(r, r.choice((1, 1, 3, 5)))
    asked = [[Row("", ask(r, fact, "train"), "") for fact in facts] for _ in range(2)]
    return asked[0], asked[1]


def family(r: Random, n: int) -> list[AnyFact]:
    """Up to `n` facts that are easily mistaken for one another: one subject asked for unlike things, and its namesakes."""
    members = [draw(r, "train")]
    for _ in range(n - 1):
        fact = r.choice(members)
        x = r.random()
        noun = noun_of(fact)
        if x < 0.4 and " " in noun:
            new = namesake(r, fact, half_shared(r, noun))
        else:
            new = another(r, fact) if x < 0.8 else neighbour(r, fact, "train")
        if all(distinct(new, member) for member in members):
            members.append(new)
    return members


def noun_of(fact: AnyFact) -> str:
    """The open attribute's noun, or nothing."""
    return fact.template.noun if isinstance(fact, BankFact) else fact.noun or ""


def namesake(r: Random, fact: AnyFact, noun: str) -> AnyFact:
    """The open attribute `noun` of the same entity."""
    return fact.namesake(r, noun) if isinstance(fact, BankFact) else fact_about(r, fact.subject, noun, "train")


def distinct(a: AnyFact, b: AnyFact) -> bool:
    """Whether a question about `a` is surely none about `b`."""
    if a.subject != b.subject:
        return True
    if isinstance(a, BankFact) and isinstance(b, BankFact) and not (noun_of(a) and noun_of(b)):
        return bank.unlike(a.template, b.template)
    return not related(a.relation, b.relation)


def sibling(r: Random, fact: AnyFact, split: Split) -> AnyFact:
    """Another relation of the entity of `fact`, or its relation of another entity, with a value of its own."""
    again = another(r, fact) if r.random() < 0.5 else neighbour(r, fact, split)
    if isinstance(again, BankFact):
        return again.other_value(r)
    value = (
        names.in_split(names.person, split)(r)
        if again.joint
        else fact_about(r, again.subject, again.relation, split).value
    )
    return Fact(again.subject, value, again.relation, again.noun, again.joint)
