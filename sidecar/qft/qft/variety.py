"""Free variation of training text: openers, asides, adverbs and verbs, so that no single phrasing is learned by heart."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from .phrasing import DIRECT_QUESTIONS, PHRASE_QUESTIONS, WH_QUESTIONS, Kind, capital

STATEMENT_OPENERS = (
    "Note:",
    "Hint:",
    "FYI:",
    "By default,",
    "For now,",
    "As documented,",
    "According to the README,",
    "In production,",
    "Since May,",
    "As agreed,",
    "In this repository,",
    "After the migration,",
    "Today,",
    "Since version 2,",
    "In our setup,",
    "Please note:",
    "Important:",
    "Usually,",
    "From now on,",
    "On all machines,",
    "Per ADR-12,",
    "Until further notice,",
    "Internally,",
    "Update:",
)
STATEMENT_CLOSERS = (
    "by default",
    "in production",
    "for now",
    "since May",
    "as agreed",
    "on all machines",
    "for all tenants",
    "in this repository",
    "until further notice",
    "these days",
    "(see the docs)",
    "as of version 3",
    "in every region",
    "for historical reasons",
    "at the moment",
)
QUESTION_OPENERS = (
    "Hey,",
    "Quick question:",
    "OK,",
    "Hi,",
    "Sorry,",
    "Just checking:",
    "Again,",
    "Help:",
    "One question:",
    "Well,",
    "Hello,",
    "Now,",
    "By the way,",
    "Question:",
    "For the docs:",
    "Please,",
    "Then,",
    "Once more:",
    "Honestly,",
    "Hm,",
    "Oh,",
    "Right,",
)
QUESTION_CLOSERS = (
    "please",
    "again",
    "now",
    "today",
    "by the way",
    "in short",
    "exactly",
    "for us",
    "if you know",
    "at the moment",
    "then",
    "here",
)
ADVERBS = "currently now always also still just usually already simply normally only actually officially mostly".split()
# Verbs of "{s} VERB its {n} PREPOSITION {v}" and of "{v} VERB the {n} of {s}".
VERBS = (
    "takes reads gets holds sets stores finds puts limits caps fixes pins binds ties maps loads draws derives "
    "fetches configures locks anchors freezes defines declares lists routes sends writes places hosts tracks"
).split()
PREPOSITIONS = "to at from in as with by under on".split()
LINKS = (
    "acts as",
    "works as",
    "counts as",
    "became",
    "is used as",
    "stands for",
    "is set as",
    "is listed as",
    "was picked as",
    "remains",
    "is now",
    "was chosen as",
    "is known as",
    "was made",
    "functions as",
    "is documented as",
    "doubles as",
    "has been",
    "will be",
)
_FRAMES: dict[str, list[str]] = json.loads((Path(__file__).parent / "frames.json").read_text("utf-8"))
# Questions around a noun phrase {p}, around an indirect question {w} and around a direct one {w}.
PHRASE_FRAMES, WH_FRAMES, DIRECT_FRAMES = (tuple(_FRAMES[k]) for k in ("phrase", "wh", "direct"))


def statement(r: Random, text: str) -> str:
    """The statement with an opener, a closer or an adverb, or as it is."""
    x = r.random()
    if x < 0.12:
        return f"{r.choice(STATEMENT_OPENERS)} {text}"
    if x < 0.2 and text.endswith("."):
        return f"{text[:-1]} {r.choice(STATEMENT_CLOSERS)}."
    return after_is(r, text) if x < 0.3 else text


def after_is(r: Random, text: str) -> str:
    """An adverb behind the statement's first "is"."""
    head, found, tail = text.partition(" is ")
    return f"{head} is {r.choice(ADVERBS)} {tail}" if found else text


def question(r: Random, text: str, subject: str) -> str:
    """The question with an opener or a closer, worn down, or padded, or as it is; `subject` stays whole."""
    x = r.random()
    if x < 0.12:
        return f"{r.choice(QUESTION_OPENERS)} {text}"
    if x < 0.2 and text[-1] in "?.":
        return f"{text[:-1]} {r.choice(QUESTION_CLOSERS)}{text[-1]}"
    if x < 0.3 and subject in text:
        return worn(r, text, subject)
    if x < 0.36 and subject in text:
        head, _, tail = text.partition(subject)
        return f"{_padded(r, head)}{subject}{_padded(r, tail)}"
    return text


LIGHT = frozenset("the a an of is are was were be do does did for that to on at in with by please my me our us".split())


def worn(r: Random, text: str, subject: str) -> str:
    """The question as somebody types it in a hurry: light words, capitals and the last mark are left out."""
    head, _, tail = text.partition(subject)
    mark = tail[-1] if tail and tail[-1] in "?.:" else ""
    tail = tail[: len(tail) - len(mark)]
    if r.random() < 0.5:
        head, tail = head.lower(), tail.lower()

    def keep(part: str) -> str:
        return " ".join(w for w in part.split(" ") if w.lower() not in LIGHT or r.random() < 0.5)

    return f"{keep(head)}{subject}{keep(tail)}{mark if r.random() < 0.4 else ''}"


def _padded(r: Random, part: str) -> str:
    words = part.split(" ")
    if len(words) > 1 and r.random() < 0.7:
        words.insert(r.randrange(1, len(words)), r.choice(FILLERS))
    return " ".join(words)


def frame(r: Random, kind: Kind) -> str:
    """A frame for training: a plain one, one of many hand-written ones, or now and then one of meaningless words."""
    x = r.random()
    if kind == "direct":
        return r.choice(DIRECT_QUESTIONS["train"] if x < 0.7 else DIRECT_FRAMES)
    plain, many = (PHRASE_QUESTIONS, PHRASE_FRAMES) if kind == "phrase" else (WH_QUESTIONS, WH_FRAMES)
    if x < 0.15:
        return _babble(r, "{p}" if kind == "phrase" else "{w}")
    return r.choice(plain["train"] if x < 0.5 else many)


def framed(r: Random, kind: Kind, text: str, subject: str) -> str:
    """A training question: a noun phrase or question about `subject` in a frame of its kind, varied."""
    asked = frame(r, kind).replace("{p}", text).replace("{w}", text)
    return question(r, capital(asked), subject)


def _babble(r: Random, slot: str) -> str:
    """A frame of words that mean nothing: what is asked about is in the slot alone, whatever stands around it."""
    before, after = (r.choices(FRAME_WORDS, k=r.choice(k)) for k in ((1, 2, 3, 3, 4, 5), (0, 0, 0, 1, 2, 3)))
    words = [*before, slot, *after]
    return " ".join(words) + r.choice("???..!:") if r.random() < 0.8 else " ".join(words)


def open_form(r: Random) -> str:
    """A statement form for an open attribute, with {s}, {n} and {v}, whose words hardly matter."""
    x = r.random()
    if x < 0.3:
        return "{s} " + r.choice(VERBS) + r.choice([" its {n} ", " the {n} "]) + r.choice(PREPOSITIONS) + " {v}."
    if x < 0.55:
        return "{v} " + r.choice(LINKS) + " the {n} " + r.choice(["of", "for", "in"]) + " {s}."
    if x < 0.75:
        return "The {n} " + r.choice(["of", "for", "in"]) + " {s} " + r.choice(LINKS) + " {v}."
    if x < 0.9:
        return (
            r.choice(["With", "On", "As for", "About", "Regarding", "Inside"])
            + " {s}, "
            + r.choice(["{v} is the {n}.", "the {n} is {v}.", "we have {v} as {n}."])
        )
    return (
        "{s} "
        + r.choice(["has", "got", "needs", "expects", "wants", "gives", "runs with", "ships with", "offers"])
        + " {v} "
        + r.choice(["as", "for", "as its", "as the"])
        + " {n}."
    )


def closed_form(r: Random, noun_phrase: str) -> str:
    """A statement form for a closed relation from its noun phrase, such as "the port of {s}"."""
    link = r.choice(LINKS)
    return r.choice(
        [
            "{v} " + link + " " + noun_phrase + ".",
            noun_phrase + " " + link + " {v}.",
            noun_phrase + ": {v}",
            noun_phrase + " = {v}",
        ]
    )


FILLERS = (
    "and then when where this that they it we you our your every each other first last only again there here before after while until "
    "during against between into onto over under through upon within without because since though either both all any some one same "
    "such own see look keep make take give find come go run call put let try need want must can should would could may will does did "
    "done been being having made taken given found kept held seen used asked known called told shown built moved changed "
    "once never always often up down off out away back long short high low new old good right left main full open closed whole thing "
    "place point part case work time day people way line side end"
).split()


def scrambled(r: Random, noun: str) -> str:
    """Subject, noun and value in any order among words that mean nothing: only what is asked about and what is new count."""
    parts = ["{s}", noun, "{v}"]
    r.shuffle(parts)
    words: list[str] = []
    for part in parts:
        words += r.choices(FILLERS, k=r.choice((0, 0, 1, 1, 2, 3)))
        words.append(part)
    return " ".join(words + r.choices(FILLERS, k=r.choice((0, 0, 0, 1, 2)))) + r.choice((".", ".", ".", "", "!"))


def padded(r: Random, form: str) -> str:
    """A meaningless word or two between the words of a form."""
    words = form.split(" ")
    for _ in range(r.choice((1, 1, 2))):
        words.insert(r.randrange(len(words) + 1), r.choice(FILLERS))
    return " ".join(words)


FRAME_WORDS = tuple(
    sorted(
        {w.strip(".,?!:;").lower() for f in PHRASE_FRAMES + WH_FRAMES for w in f.split() if "{" not in w} | set(FILLERS)
    )
)
