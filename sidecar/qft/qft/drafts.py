"""Training rows for drafting: which span of a statement somebody would ask for."""

from __future__ import annotations

from random import Random

from .attributes import OPEN_KEYS
from .bank import BankFact, fact_of, open_template, templates
from .data import Row

DRAFT = "Draft."


def drafted(r: Random) -> Row:
    """A statement, and the answer to the question that it is written for."""
    fact = _fact(r)
    return Row(fact.statement(r), DRAFT, fact.value)


def _fact(r: Random) -> BankFact:
    """Mostly of a free text: these are the ones whose form tells least."""
    relations, free = templates()
    x = r.random()
    if x < 0.7:
        return fact_of(r, r.choice(free), "train")
    return fact_of(r, r.choice(relations) if x < 0.9 else open_template(r.choice(OPEN_KEYS)), "train")
