"""Texts of the bank with what a draft may ask of them: `python -m qft.ranker_texts OUT`, for scripts/draftRanker.ts."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from .bank import Template, fact_of, templates

BLOCK = 25
"""So many templates in a row, which one hand wrote one after another, are of the same part."""
FREE_SHARE = 0.25
"""How much a free text counts: many state several facts, and the bank asks for one that a user need not ask first."""
THINGS = {"service", "code", "company", "env", "table", "topic", "option", "package", "any", "file", "path", "key"}
"""Values named like subjects: the text says as much of either, and usually one asks about the first."""
LAYOUTS = (
    (re.compile(r"^\|"), re.compile(r"(?<=\|) (?=\|)")),
    (re.compile(r"^- "), re.compile(r" (?=- )")),
    (re.compile(r"^\* "), re.compile(r" (?=\* )")),
    (re.compile(r"^1\. "), re.compile(r" (?=[2-9]\. )")),
    (re.compile(r"^\[[^\]]+\] \S+ ?="), re.compile(r"(?<=\]) | (?=[\w.-]+ ?= ?\S)")),
)
"""Tables, lists and settings, of which the bank writes line breaks as blanks, and where the breaks were."""


def texts() -> Iterator[dict[str, object]]:
    """A text of each statement of the bank; hands and relations of their own are kept for validation."""
    relations, free = templates()
    for n, template in enumerate(relations):
        yield from (text_of(replace(template, statements=(form,)), n) for form in template.statements)
    yield from (text_of(template, n // BLOCK) for n, template in enumerate(free))


def text_of(template: Template, group: int) -> dict[str, object]:
    """A text, what it is about, its answer, and other pairs of these that a draft may ask for as well."""
    (form,) = template.statements
    r = Random(template.key + form)
    fact = fact_of(r, template, "train")
    text = with_lines(fact.statement(r))
    pairs = [(fact.subject, fact.value)]
    if "{x}" in form and "{o}" in form:
        pairs.append((fact.other, fact.distractor))
    if template.value in THINGS:
        pairs.append((fact.value, fact.subject))
    return {
        "text": text,
        "part": "validation" if group % 4 == 3 else "development",
        "share": FREE_SHARE if template.free else 1,
        "facts": [
            {"subject": s, "answer": v, "isUsual": template.value not in THINGS or text.find(s) < text.find(v)}
            for s, v in pairs
        ],
    }


def with_lines(text: str) -> str:
    """A text with its line breaks, where its layout tells where they were."""
    for begins, between in LAYOUTS:
        if begins.search(text):
            return between.sub("\n", text)
    return text


def main() -> None:
    """Writes the texts, one JSON object a line."""
    lines = (json.dumps(text, ensure_ascii=False) for text in texts())
    Path(sys.argv[1]).write_text("".join(f"{line}\n" for line in lines), "utf-8")


if __name__ == "__main__":
    main()
