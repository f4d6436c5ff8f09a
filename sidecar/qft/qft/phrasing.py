"""Questions around a noun phrase, a direct or an indirect question; each split has its own."""

from __future__ import annotations

from typing import Literal

from . import dev_phrasing
from .names import Split

# What a frame goes around: a noun phrase {p}, a direct or an indirect question {w}.
Kind = Literal["phrase", "direct", "indirect"]

PHRASE_QUESTIONS: dict[Split, tuple[str, ...]] = {
    "train": (
        "What is {p}?",
        "What's {p}?",
        "{p}?",
        "Tell me {p}.",
        "Do you know {p}?",
        "Give me {p}.",
        "I need {p}.",
        "What do we know about {p}?",
        "Please tell me {p}.",
        "Can you tell me {p}?",
        "what is {p}",
        "{p}",
        "What was {p} again?",
        "How about {p}?",
        "Show me {p}.",
        "Name {p}.",
        "I want to know {p}.",
        "Which is {p}?",
    ),
    "dev": dev_phrasing.FRAMES["phrase"],
    "test": (
        "Any chance you remember {p}?",
        "Would you happen to know {p}?",
        "Can somebody tell us {p}?",
        "I can't recall {p}.",
        "I'm trying to find out {p}.",
        "Just so that I have it right: {p}?",
        "Who can tell me {p}?",
        "Do you recall {p}?",
        "Someone on the team wants to know {p}.",
        "Could you jog my memory about {p}?",
        "Nobody told me {p}.",
        "It would help to know {p}.",
    ),
}
# ... around a direct question {w} ("who does X belong to") ...
DIRECT_QUESTIONS: dict[Split, tuple[str, ...]] = {
    "train": ("{w}?", "{w}?", "{w}?", "{w}", "Answer this: {w}?"),
    "dev": dev_phrasing.FRAMES["direct"],
    "test": ("{w}?", "For the record, {w}?", "Sorry to ask, but {w}?", "One more thing: {w}?"),
}
# ... and around an indirect one ("who X belongs to").
WH_QUESTIONS: dict[Split, tuple[str, ...]] = {
    "train": (
        "Do you know {w}?",
        "Tell me {w}.",
        "Can you tell me {w}?",
        "Please tell me {w}.",
        "I want to know {w}.",
        "Say {w}.",
    ),
    "dev": dev_phrasing.FRAMES["wh"],
    "test": (
        "Any chance you remember {w}?",
        "Would you happen to know {w}?",
        "Can somebody tell us {w}?",
        "I can't recall {w}.",
        "I'm trying to find out {w}.",
        "Someone on the team wants to know {w}.",
        "I was wondering {w}.",
        "It would help to know {w}.",
        "I never learned {w}.",
    ),
}


def capital(text: str) -> str:
    """Upper-cases a leading ordinary word; a name or identifier that starts the sentence keeps its case."""
    first = text.split(" ", 1)[0].lower()
    return text[0].upper() + text[1:] if first in SENTENCE_STARTS else text


SENTENCE_STARTS = frozenset(
    "the who whose what which where when how in on to at from through after since under for do tell give say with calls we".split()
)

DECORATION = (
    "**{x}**",
    "- {x}",
    "* {x}",
    "# {x}",
    "// {x}",
    "> {x}",
    "{x} See the docs.",
    "Note: {x}",
    "TODO: {x}",
    '"{x}"',
)
