"""A bank of hand-written training templates: many relations and free texts, said in many different ways."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from .. import names, variety
from ..attributes import OPEN_KEYS
from ..names import Split
from ..phrasing import DECORATION, capital
from .makers import FAMILY, MAKERS, NAMES

FREE_SHARE = 0.5
OPEN_SHARE = 0.15


@dataclass(frozen=True)
class Template:
    """One relation or free text.

    Statements hold {s} and {v}, perhaps a distractor value {x} or another subject {o}, those of open attributes {n}.
    `subject` and `value` name a maker, or list what to choose from.
    """

    key: str
    subject: str | tuple[str, ...]
    value: str | tuple[str, ...]
    statements: tuple[str, ...]
    questions: tuple[str, ...]
    indirect: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    free: bool = False
    noun: str = ""
    opposite: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        return (*self.questions, *self.indirect, *self.phrases)


@dataclass(frozen=True)
class BankFact:
    """One fact of a template, with an entity and a value of its own and those of its distractors."""

    template: Template
    split: Split
    subject: str
    value: str
    other: str
    distractor: str

    @property
    def relation(self) -> str:
        return self.template.key

    def statement(self, r: Random) -> str:
        """A text that states the fact; the value is a span of it."""
        form = r.choice(self.template.statements)
        text = self._fill(form)
        if not self.template.free:
            if r.random() < 0.2:
                text = variety.statement(r, text)
            if r.random() < 0.08:
                text = r.choice(DECORATION).format(x=text)
        return text if form.startswith("{v}") else capital(text)

    def question(self, r: Random) -> str:
        """A question that the fact answers."""
        t, x = self.template, r.random()
        if t.phrases and x < 0.3:
            return variety.framed(r, "phrase", self._fill(r.choice(t.phrases)), self.subject)
        if t.indirect and x < 0.6:
            return variety.framed(r, "indirect", self._fill(r.choice(t.indirect)), self.subject)
        text = capital(self._fill(r.choice(t.questions)))
        if r.random() < 0.25:  # questions of this kind bring their mark
            text = r.choice(variety.DIRECT_FRAMES).replace("{w}?", text).replace("{w}", text.rstrip("?"))
        return variety.question(r, text, self.subject)

    def _fill(self, form: str) -> str:
        fills = {"s": self.subject, "v": self.value, "o": self.other, "x": self.distractor, "n": self.template.noun}
        return SLOT.sub(lambda m: fills[m[1]], form).replace("``", "`")

    def other_subject(self, r: Random) -> BankFact:
        """The same question about another subject; half of them share a part of the name."""
        return replace(self, subject=_neighbour(r, self.template, self.subject, self.split, (self.value, self.other)))

    def other_relation(self, r: Random) -> BankFact:
        """A question about the same subject that the fact does not answer: its own turned around, or of another kind."""
        opposite = self.template.opposite
        return self._about(
            r, _by_key()[opposite] if opposite and r.random() < 0.5 else r.choice(_unrelated(self.template))
        )

    def namesake(self, r: Random, noun: str) -> BankFact:
        """An open attribute of the same subject."""
        return self._about(r, open_template(noun))

    def _about(self, r: Random, t: Template) -> BankFact:
        value = _fresh(r, t.value, self.split, (self.subject, *t.asked))
        other = _neighbour(r, t, self.subject, self.split, (value,))
        return BankFact(
            t, self.split, self.subject, value, other, _fresh(r, t.value, self.split, (self.subject, value, other))
        )

    def other_value(self, r: Random) -> BankFact:
        """The same question with another answer."""
        texts = (self.subject, self.other, self.distractor, *self.template.asked)
        return replace(self, value=_fresh(r, self.template.value, self.split, texts))


SLOT = re.compile(r"\{([svxon])\}")


@cache
def templates() -> tuple[tuple[Template, ...], tuple[Template, ...]]:
    """The relations and the free texts."""
    free = tuple(
        Template(f"free {i}", _kind(x["subject"]), _kind(x["value"]), (x["text"],), tuple(x["questions"]), free=True)
        for i, x in enumerate(_lines("free.jsonl"))
    )
    return tuple(_relation(x) for x in _lines("relations.jsonl")), free


def _kind(x: str | list[str]) -> str | tuple[str, ...]:
    return x if isinstance(x, str) else tuple(x)


@cache
def _by_key() -> dict[str, Template]:
    return {t.key: t for t in templates()[0]}


def _unrelated(template: Template) -> tuple[Template, ...]:
    return _of_other_families(template.subject, _family(template))


@cache
def _of_other_families(subject: str, family: str) -> tuple[Template, ...]:
    """Relations about such a subject, none of which a value of `family` could answer."""
    return tuple(t for t in templates()[0] if t.subject in (subject, "any") and _unlike(family, _family(t)))


def unlike(a: Template, b: Template) -> bool:
    """Whether no value of either could answer a question about the other."""
    return _unlike(_family(a), _family(b))


def _unlike(a: str, b: str) -> bool:
    return a != b and {a, b} != {"what", "where"}


def _family(template: Template) -> str:
    return FAMILY.get(template.value, "what")


@cache
def _open() -> Template:
    return _relation(_lines("open.jsonl")[0])


def open_template(noun: str) -> Template:
    """How an open attribute, such as "retry limit", is said."""
    return replace(_open(), key=noun, noun=noun, value="@" + noun.rsplit(" ", 1)[-1])


def _relation(x: dict[str, Any]) -> Template:
    forms = (tuple(x[k]) for k in ("statements", "questions", "indirect", "phrases"))
    return Template(x["key"], x["subject"], x["value"], *forms, opposite=x.get("opposite", ""))


def _lines(file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (Path(__file__).parent / file).read_text("utf-8").splitlines()]


def bank_fact(
    r: Random, split: Split = "train", open_share: float = OPEN_SHARE, free_share: float = FREE_SHARE
) -> BankFact:
    """A fact of a random template about fresh entities of `split`."""
    relations, free = templates()
    x = r.random()
    if x < open_share:
        return fact_of(r, open_template(r.choice(OPEN_KEYS)), split)
    return fact_of(r, r.choice(free if x < open_share + free_share else relations), split)


def fact_of(r: Random, template: Template, split: Split) -> BankFact:
    """A fact of `template`; its value stands in none of its questions."""
    subject = _make(r, template.subject, split)
    value = _fresh(r, template.value, split, (subject, template.noun or subject, *template.asked))
    other = _neighbour(r, template, subject, split, (value,))
    distractor = _fresh(r, template.value, split, (subject, value, other))
    return BankFact(template, split, subject, value, other, distractor)


def _make(r: Random, maker: str | tuple[str, ...], split: Split) -> str:
    if not isinstance(maker, str):
        return r.choice(maker)
    make = MAKERS[maker]
    return names.in_split(make, split)(r) if maker in NAMES else make(r)


def _fresh(r: Random, maker: str | tuple[str, ...], split: Split, texts: tuple[str, ...]) -> str:
    """A value that neither stands in one of `texts` nor holds one of them."""
    while True:
        value = _make(r, maker, split)
        if not any(value in text or text in value for text in texts):
            return value


def _neighbour(r: Random, template: Template, subject: str, split: Split, texts: tuple[str, ...]) -> str:
    """Another subject of the same kind, which stands apart from `subject` and from `texts`."""
    sibling = names.sibling(r, subject) if r.random() < 0.5 else None
    if (
        sibling
        and names.split_of(sibling) == split
        and not any(sibling in x or x in sibling for x in (subject, *texts))
    ):
        return sibling
    return _fresh(r, template.subject, split, (subject, *texts))
