"""Training rows for drafting: which span of a statement somebody would ask for."""

from __future__ import annotations

from random import Random

from .bank import bank_fact
from .data import Row

DRAFT = "Draft."


def drafted(r: Random) -> Row:
    """A statement, mostly a free text, whose form tells least; and the answer to the question it is written for."""
    fact = bank_fact(r, open_share=0.1, free_share=0.7)
    return Row(fact.statement(r), DRAFT, fact.value)
