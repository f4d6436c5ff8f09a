"""Questions around a noun phrase or an indirect question; each split has its own."""

from __future__ import annotations

from .names import Split

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
    "dev": ("Could you look up {p}?", "And {p}?", "I forgot {p}."),
    "test": ("Could you tell me what {p} is?", "Remind me of {p}.", "I would like to know {p}.", "So what is {p}?"),
}
# ... and around an indirect question {w} ("who owns X").
WH_QUESTIONS: dict[Split, tuple[str, ...]] = {
    "train": (
        "{w}?",
        "{w}?",
        "{w}?",
        "Do you know {w}?",
        "Tell me {w}.",
        "Can you tell me {w}?",
        "Please tell me {w}.",
        "{w}",
        "I want to know {w}.",
        "Say {w}.",
    ),
    "dev": ("I forgot {w}.", "Could you look up {w}?"),
    "test": ("Could you tell me {w}?", "Remind me {w}.", "I would like to know {w}.", "So {w}?"),
}


def capital(text: str) -> str:
    """Upper-cases a leading ordinary word; a name or identifier that starts the sentence keeps its case."""
    first = text.split(" ", 1)[0].lower()
    return text[0].upper() + text[1:] if first in SENTENCE_STARTS else text


SENTENCE_STARTS = frozenset(
    "the who what which where when how in on to after since under for do tell give say with calls we".split()
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
