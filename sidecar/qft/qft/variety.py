"""Free variation of training text: openers, asides, adverbs and verbs, so that no single phrasing is learned by heart."""

from __future__ import annotations

from random import Random

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
PHRASE_FRAMES = (
    "What would {p} be?",
    "What might {p} be?",
    "Where do I see {p}?",
    "Any idea of {p}?",
    "Does anyone know {p}?",
    "Who knows {p}?",
    "I am looking for {p}.",
    "We need {p}.",
    "Let me have {p}.",
    "I lost {p}.",
    "Look up {p}.",
    "Find {p}.",
    "State {p}.",
    "Please give {p}.",
    "Help me with {p}.",
    "Is there a value for {p}?",
    "What did we say about {p}?",
    "Answer with {p}.",
    "Fill in {p}:",
    "Explain {p}.",
    "What should I use as {p}?",
    "My question is about {p}.",
    "Can I get {p}?",
    "May I ask for {p}?",
    "Would you give me {p}?",
    "I must know {p}.",
    "Somebody asked me for {p}.",
    "Write down {p}.",
    "They want {p}.",
    "What value has {p}?",
)
WH_FRAMES = (
    "Does anyone know {w}?",
    "Any idea {w}?",
    "I have to know {w}.",
    "Please explain {w}.",
    "My question is {w}.",
    "Would you say {w}?",
    "Help me see {w}.",
    "Who knows {w}?",
    "We must find out {w}.",
    "Somebody asked me {w}.",
    "Look up {w}.",
    "Let me know {w}.",
)


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


def question(r: Random, text: str) -> str:
    """The question with an opener or a closer, or as it is."""
    x = r.random()
    if x < 0.15:
        return f"{r.choice(QUESTION_OPENERS)} {text}"
    if x < 0.25 and text[-1] in "?.":
        return f"{text[:-1]} {r.choice(QUESTION_CLOSERS)}{text[-1]}"
    return text


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
