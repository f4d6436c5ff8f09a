"""Company questions from the published QFt data (MIT), reduced to short answers; faulty rows are dropped."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

from . import chats

# Rows whose answer is wrong in the source.
WRONG = ("Apple was founded by Tim Cook", "founder of Apple is Tim Cook")
LONGEST = 180  # characters of prompt; longer rows cost more than they teach
STOP = frozenset("the a an is was are were by in of to for at its has have had and on it as with from s".split())
UNKNOWN = "Need more information."


def span(statement: str, question: str, answer: str) -> str | None:
    """The words of `answer` that are news to the question, as one contiguous span of `statement`, at most 7 words."""
    asked = {w.lower().strip(".,?'\"") for w in question.split()}
    words = answer.rstrip(".").split()

    def known(word: str) -> bool:
        w = re.sub(r"'s$", "", word.lower().strip(".,?'\""))
        return w in asked or w in STOP

    while words and known(words[0]):
        words.pop(0)
    while words and known(words[-1]):
        words.pop()
    text = " ".join(words).strip(" .,")
    if not text or len(words) > 7 or text not in statement or text.split(" ")[0] in ("Yes,", "No,"):
        return None
    return text


def load(path: Path) -> list[tuple[str, str, str]]:
    """Rows (system, user, answer) from a file of chat messages, one JSON object a line."""
    rows: list[tuple[str, str, str]] = []
    for _, line in chats.lines(path):
        system, user, answer = (m["content"].strip() for m in json.loads(line)["messages"])
        if any(w in answer for w in WRONG) or "oxinnovate" in line.lower() or len(system) + len(user) > LONGEST:
            continue
        if answer.startswith("Need more"):
            rows.append((system, user, UNKNOWN))
        elif system:
            short = span(system, user, answer)
            if short:
                rows.append((system, user, short))
    return rows


class CompanyRows:
    """Draws from the company rows; there are none without the file, which is optional."""

    def __init__(self, path: Path | None) -> None:
        self.rows = load(path) if path else []

    def row(self, r: Random) -> tuple[str, str, str]:
        return r.choice(self.rows)
