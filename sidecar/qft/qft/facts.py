"""Facts, and the ways to say and to ask them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from . import names as n
from . import variety
from .attributes import (
    HEAD,
    JOINT_STATEMENTS,
    MODIFIER,
    OPEN_INDIRECT,
    OPEN_KEYS,
    OPEN_PHRASES,
    OPEN_QUESTIONS,
    OPEN_STATEMENTS,
)
from .closed import BY_KEY, CLOSED, SUBJECT
from .closed_evaluation import HELD_OUT
from .names import Split
from .phrasing import DECORATION, DIRECT_QUESTIONS, PHRASE_QUESTIONS, WH_QUESTIONS, Kind, capital


@dataclass(frozen=True)
class Fact:
    """One fact with all the ways it can be said. `joint` is a second noun that the statement names for the same value."""

    subject: str
    value: str
    relation: str
    noun: str | None
    joint: str | None = None

    def statement(self, r: Random, split: Split) -> str:
        """A sentence, code comment, table row or list item that states the fact."""
        form = self._form(r, split)
        text = form.format(s=self.subject, v=self.value, n=self.noun, m=self.joint)
        if split == "train":
            text = variety.statement(r, text)
            if r.random() < 0.1:
                text = r.choice(DECORATION).format(x=text)
        return capital(text)

    def _form(self, r: Random, split: Split) -> str:
        if self.joint:
            return r.choice(JOINT_STATEMENTS[split])
        closed = BY_KEY.get(self.relation)
        if split != "train":
            return r.choice(HELD_OUT[split][closed.key].statements if closed else OPEN_STATEMENTS[split])
        x = r.random()
        if x < 0.15:
            return variety.scrambled(r, closed.noun_phrases[0].split(" of ")[0] if closed else "{n}")
        if x < 0.5:
            return variety.closed_form(r, r.choice(closed.noun_phrases)) if closed else variety.open_form(r)
        form = r.choice(closed.statements if closed else OPEN_STATEMENTS[split])
        return variety.padded(r, form) if x < 0.65 else form

    def question(self, r: Random, split: Split) -> str:
        """A question that the fact answers."""
        frame, form = self.question_form(r, split)
        return self.ask(r, split, frame, form)

    def question_form(self, r: Random, split: Split) -> tuple[str, str]:
        """A frame and the noun phrase or question about the subject that goes into it."""
        noun = r.choice([self.noun, self.joint]) if self.joint else self.noun
        kind: Kind = "direct" if r.random() < 0.4 else "indirect"
        if noun:
            if r.random() < 0.8:
                kind = "phrase"
            forms = {"phrase": OPEN_PHRASES, "direct": OPEN_QUESTIONS, "indirect": OPEN_INDIRECT}[kind][split]
            return self._frame(r, split, kind), r.choice(forms).replace("{n}", noun)
        if r.random() < 0.35:
            kind = "phrase"
        relation = BY_KEY[self.relation] if split == "train" else HELD_OUT[split][self.relation]
        forms = {"phrase": relation.noun_phrases, "direct": relation.questions, "indirect": relation.indirect}[kind]
        return self._frame(r, split, kind), r.choice(forms)

    def ask(self, r: Random, split: Split, frame: str, form: str) -> str:
        """The question that a frame and a form make about the subject."""
        text = form.format(s=self.subject)
        text = capital(frame.format(p=text, w=text))
        return variety.question(r, text, self.subject) if split == "train" else text

    @staticmethod
    def _frame(r: Random, split: Split, kind: Kind) -> str:
        if split == "train":
            return variety.frame(r, kind)
        frames = {"phrase": PHRASE_QUESTIONS, "direct": DIRECT_QUESTIONS, "indirect": WH_QUESTIONS}[kind]
        return r.choice(frames[split])


JOINT = ("CEO", "founder", "owner", "director", "lead", "manager", "chair", "president", "author", "maintainer")


def subject_of(r: Random, kind: str, split: Split) -> str:
    """A fresh entity of the split."""
    return n.in_split(SUBJECT[kind], split)(r)


def random_fact(r: Random, split: Split) -> Fact:
    """A fact about a fresh entity: 45 % closed relations, 50 % open attributes, 5 % two nouns with one value."""
    x = r.random()
    if x < 0.45:
        relation = r.choice(CLOSED)
        return fact_about(r, subject_of(r, relation.subject, split), relation.key, split)
    if x < 0.95:
        return fact_about(r, subject_of(r, "any", split), r.choice(OPEN_KEYS), split)
    first, second = r.sample(JOINT, 2)
    return Fact(subject_of(r, "company", split), n.in_split(n.person, split)(r), "joint", first, second)


def fact_about(r: Random, subject: str, key: str, split: Split) -> Fact:
    """A fact with relation or open attribute `key` about `subject`, with a fresh value that is not the subject."""
    closed = BY_KEY.get(key)
    make = closed.value if closed else HEAD[key.rsplit(" ", 1)[-1]]
    if make in n.NAMED:
        make = n.in_split(make, split)
    value = make(r)
    while value == subject or value in subject:
        value = make(r)
    return Fact(subject, value, key, None if closed else key)


def other_subject(r: Random, fact: Fact, split: Split) -> Fact:
    """The same relation of another entity, a neighbour; half of them share a part of the name."""
    subject = n.sibling(r, fact.subject) if r.random() < 0.5 else None
    if subject is None or n.split_of(subject) != split:
        closed = BY_KEY.get(fact.relation)
        subject = subject_of(r, closed.subject if closed else "company" if fact.joint else "any", split)
    if subject == fact.subject:
        return other_subject(r, fact, split)
    return Fact(subject, fact.value, fact.relation, fact.noun, fact.joint)


def other_relation(r: Random, fact: Fact) -> Fact:
    """Another relation of the same entity, not a synonym of the fact's own; a compound noun may share one half."""
    while True:
        key = r.choice(CLOSED).key if r.random() < 0.5 else r.choice(OPEN_KEYS)
        if fact.noun and " " in fact.noun and r.random() < 0.4:
            key = half_shared(r, fact.noun)
        if not related(key, fact.relation) and not (fact.joint and related(key, "owner")):
            closed = BY_KEY.get(key)
            return Fact(fact.subject, fact.value, key, None if closed else key)


def half_shared(r: Random, noun: str) -> str:
    """A compound noun that shares one half with `noun`, such as "retry limit" with "queue limit"."""
    modifier, head = noun.rsplit(" ", 1)
    return r.choice([f"{r.choice(MODIFIER)} {head}", f"{modifier} {r.choice(tuple(HEAD))}"])


SYNONYMS = (
    {"owner", "maintainer", "oncall", "ceo", "lead", "founder", "manager", "contact"},
    {"file", "defined", "path", "config", "folder"},
    {"language", "database", "decided", "backend", "framework", "library"},
    {"version", "release"},
    {"timeout", "window", "interval"},
    {"city", "office", "deployed", "region"},
    {"schedule", "mode", "policy", "strategy"},
    {"depends", "replaced", "returns"},
    {"logo", "color"},
    {"people", "count"},
)


def related(a: str, b: str) -> bool:
    """Whether a question about `a` could be answered by a fact about `b`."""
    x, y = a.rsplit(" ", 1)[-1], b.rsplit(" ", 1)[-1]
    if a == b or (x == y and (a == x or b == y)):
        return True
    return (a == x or b == y) and any(x in group and y in group for group in SYNONYMS)
