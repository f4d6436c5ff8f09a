"""Files of chats: one JSON object a line, with messages system (a statement), user (a question) and assistant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

ROLES = ("system", "user", "assistant")
# White space as the engine knows it, see prompt.ts; Python's own differs in a few characters.
SPACE = r"[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that hold something, with their numbers. JSON may have other line separators within its texts."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            yield number, line


def one_line(text: str) -> str:
    """A text as the engine puts it into the prompt: trimmed, and its lines joined."""
    trimmed = re.sub(rf"^{SPACE}+|{SPACE}+\Z", "", text)
    return re.sub(rf"{SPACE}*[\r\n]+{SPACE}*", " ", trimmed)


def read(path: Path) -> list[tuple[str, str, str]]:
    """Each chat's statement, question and answer, each on one line; ends the program where a line is no chat."""
    rows = [_row(line, f"{path}:{number}") for number, line in lines(path)]
    if not rows:
        raise SystemExit(f"{path} has no rows: expected one chat per line")
    return rows


def _row(line: str, where: str) -> tuple[str, str, str]:
    try:
        system, user, assistant = json.loads(line)["messages"]
        # A message without a role has that of its place.
        roles = tuple(m.get("role", role) for m, role in zip((system, user, assistant), ROLES, strict=True))
        if roles != ROLES:
            raise ValueError(f"found {', '.join(roles)}")
        return one_line(system["content"]), one_line(user["content"]), one_line(assistant["content"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SystemExit(f"{where}: expected chat messages system, user, assistant ({error})") from error
