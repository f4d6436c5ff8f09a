"""Training rows for drafting: which span of a statement somebody would ask for, and what it is about."""

from __future__ import annotations

from random import Random

from .attributes import OPEN_KEYS
from .bank import BankFact, fact_of, open_template, templates
from .data import Row

ANSWER, SUBJECT = "Draft.", "Subject."


def drafted(r: Random) -> Row:
    """A statement, and the answer or the subject of the question that it is written for."""
    fact = _fact(r)
    asked = (ANSWER, fact.value) if r.random() < 0.65 else (SUBJECT, fact.subject)
    return Row(fact.statement(r), *asked)


def _fact(r: Random) -> BankFact:
    """Mostly of a free text: these are the ones whose form tells least."""
    relations, free = templates()
    x = r.random()
    if x < 0.7:
        return fact_of(r, r.choice(free), "train")
    return fact_of(r, r.choice(relations) if x < 0.9 else open_template(r.choice(OPEN_KEYS)), "train")
