"""What facts say: closed relations with their own verbs, and open attributes made of thousands of compound nouns."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from . import names as n
from . import variety
from .names import Maker, Split

SUBJECT: dict[str, Maker] = {
    "company": n.company,
    "service": n.service,
    "code": n.identifier,
    "any": n.mixed(n.company, n.service, n.service, n.identifier),
}


@dataclass(frozen=True)
class Relation:
    """How one relation is said. Statements hold {s} and {v}; noun phrases and questions hold {s}."""

    key: str
    subject: str
    value: Maker
    statements: tuple[str, ...]
    noun_phrases: tuple[str, ...]
    questions: tuple[str, ...]


def _relation(key: str, subject: str, value: Maker, statements: str, phrases: str, questions: str) -> Relation:
    def cut(text: str) -> tuple[str, ...]:
        return tuple(x.strip() for x in text.split("|") if x.strip())

    return Relation(key, subject, value, cut(statements), cut(phrases), cut(questions))


owner = n.mixed(n.person, n.team)
result = n.mixed(
    n.identifier, n.one_of(["null", "undefined", "true", "false", "None", "void", "string", "boolean", "int"])
)
CLOSED: tuple[Relation, ...] = (
    _relation(
        "ceo",
        "company",
        n.person,
        "{v} is the CEO of {s}.|The CEO of {s} is {v}.|{s}'s CEO is {v}.|{s} is led by {v}.|{v} runs {s} as CEO.",
        "the CEO of {s}|{s}'s CEO",
        "who is the CEO of {s}|who leads {s}|who runs {s}",
    ),
    _relation(
        "founder",
        "company",
        n.person,
        "{v} is the founder of {s}.|{s} was founded by {v}.|The founder of {s} is {v}.|{v} founded {s}.",
        "the founder of {s}|{s}'s founder",
        "who is the founder of {s}|who founded {s}|who started {s}",
    ),
    _relation(
        "people",
        "company",
        n.count,
        "{s} has {v} people.|{s} employs {v} people.|There are {v} people in {s}.|{v} people work at {s}.",
        "the number of people in {s}|the headcount of {s}",
        "how many people in {s}|how many people are in {s}|how many people does {s} have|how many people work at {s}",
    ),
    _relation(
        "city",
        "company",
        n.one_of(n.CITIES),
        "{s} is headquartered in {v}.|The headquarters of {s} is in {v}.|{s} is based in {v}.|{s} has its head office in {v}.",
        "the headquarters of {s}|the city of {s}",
        "where is {s} headquartered|where is {s} based|in which city is {s}",
    ),
    _relation(
        "founded",
        "company",
        n.year,
        "{s} was founded in {v}.|{s} started in {v}.|{s} has existed since {v}.",
        "the founding year of {s}",
        "when was {s} founded|in what year did {s} start|since when does {s} exist",
    ),
    _relation(
        "buyer",
        "company",
        n.company,
        "{s} was acquired by {v}.|{v} acquired {s}.|{v} bought {s}.|{s} was bought by {v}.",
        "the buyer of {s}",
        "who acquired {s}|who bought {s}|which company bought {s}",
    ),
    _relation(
        "port",
        "service",
        n.port,
        "{s} listens on port {v}.|The port of {s} is {v}.|{s} runs on port {v}.|{s} is served on port {v}.|Port {v} belongs to {s}.",
        "the port of {s}|{s}'s port|the port number of {s}",
        "which port does {s} listen on|what port does {s} use|on which port does {s} run",
    ),
    _relation(
        "owner",
        "service",
        owner,
        "{s} is owned by {v}.|The owner of {s} is {v}.|{v} owns {s}.|{v} is responsible for {s}.|{s} belongs to {v}.",
        "the owner of {s}|{s}'s owner",
        "who owns {s}|who is the owner of {s}|who is responsible for {s}|who does {s} belong to",
    ),
    _relation(
        "maintainer",
        "any",
        owner,
        "{s} is maintained by {v}.|{v} maintains {s}.|The maintainer of {s} is {v}.",
        "the maintainer of {s}",
        "who maintains {s}|who is the maintainer of {s}",
    ),
    _relation(
        "timeout",
        "service",
        n.duration,
        "The timeout of {s} is {v}.|{s} times out after {v}.|{s} has a timeout of {v}.|Calls to {s} time out after {v}.",
        "the timeout of {s}|{s}'s timeout",
        "what is the timeout of {s}|when does {s} time out|after how long does {s} time out",
    ),
    _relation(
        "language",
        "service",
        n.one_of(n.TOOLS),
        "{s} is written in {v}.|{s} uses the language {v}.|We wrote {s} in {v}.",
        "the language of {s}",
        "what language is {s} written in|which language does {s} use|in what is {s} written",
    ),
    _relation(
        "database",
        "service",
        n.one_of(n.TOOLS),
        "{s} stores its data in {v}.|The database of {s} is {v}.|{s} uses {v} as its database.|{s} keeps its data in {v}.",
        "the database of {s}",
        "where does {s} store its data|which database does {s} use|where does {s} keep its data",
    ),
    _relation(
        "version",
        "any",
        n.version,
        "The version of {s} is {v}.|{s} is at version {v}.|We run version {v} of {s}.|{s} is pinned to {v}.",
        "the version of {s}|{s}'s version",
        "which version of {s} do we run|what version is {s} at|to which version is {s} pinned",
    ),
    _relation(
        "env",
        "service",
        n.env,
        "{s} reads {v} from the environment.|{s} is configured by {v}.|The environment variable of {s} is {v}.",
        "the environment variable of {s}",
        "which environment variable does {s} read|what configures {s}|which variable configures {s}",
    ),
    _relation(
        "file",
        "any",
        n.path,
        "The config of {s} is in {v}.|{s} is configured in {v}.|The config file of {s} is {v}.",
        "the config file of {s}|the config of {s}",
        "where is the config of {s}|where is {s} configured|in which file is {s} configured",
    ),
    _relation(
        "defined",
        "code",
        n.path,
        "{s} is defined in {v}.|{s} lives in {v}.|The definition of {s} is in {v}.|You find {s} in {v}.",
        "the location of {s}|the definition of {s}",
        "where is {s} defined|where does {s} live|in which file is {s}|where do I find {s}",
    ),
    _relation(
        "retries",
        "service",
        n.count,
        "{s} retries {v} times.|The retry limit of {s} is {v}.|{s} gives up after {v} retries.",
        "the retry limit of {s}",
        "how many times does {s} retry|how often does {s} retry",
    ),
    _relation(
        "replaced",
        "code",
        n.identifier,
        "{s} is replaced by {v}.|Use {v} instead of {s}.|{s} is deprecated in favor of {v}.|{v} replaces {s}.|Call {v}, not {s}.",
        "the replacement of {s}|the replacement for {s}",
        "what replaces {s}|what should I use instead of {s}|what is used in place of {s}|what do I call instead of {s}",
    ),
    _relation(
        "returns",
        "code",
        result,
        "{s} returns {v}.|The return value of {s} is {v}.|Calling {s} gives {v}.",
        "the return value of {s}",
        "what does {s} return|what do I get from {s}",
    ),
    _relation(
        "throws",
        "code",
        n.error,
        "{s} throws {v}.|{s} raises {v}.|{s} fails with {v}.",
        "the error of {s}",
        "what does {s} throw|which error does {s} raise|with what does {s} fail",
    ),
    _relation(
        "logo",
        "company",
        n.one_of(n.COLORS),
        "The logo of {s} is {v}.|{s} has a {v} logo.|{s}'s logo is {v}.",
        "the color of the logo of {s}|the logo color of {s}",
        "what color is the logo of {s}|which color is {s}'s logo",
    ),
    _relation(
        "license",
        "any",
        n.one_of(n.LICENSES),
        "{s} is licensed under {v}.|The license of {s} is {v}.|{s} is published under {v}.",
        "the license of {s}|{s}'s license",
        "under which license is {s}|how is {s} licensed",
    ),
    _relation(
        "oncall",
        "service",
        n.person,
        "{v} is on call for {s}.|The on-call engineer of {s} is {v}.|On call for {s} is {v}.",
        "the on-call engineer of {s}",
        "who is on call for {s}|who do I call for {s}",
    ),
    _relation(
        "deployed",
        "service",
        n.mixed(n.one_of(n.REGIONS), n.one_of(n.CITIES)),
        "{s} is deployed in {v}.|{s} runs in {v}.|We deploy {s} to {v}.",
        "the deployment region of {s}",
        "where is {s} deployed|where does {s} run|to where do we deploy {s}",
    ),
    _relation(
        "depends",
        "service",
        n.service,
        "{s} depends on {v}.|{s} needs {v}.|{s} calls {v}.",
        "the dependency of {s}",
        "what does {s} depend on|what does {s} need|what does {s} call",
    ),
    _relation(
        "decided",
        "any",
        n.one_of(n.TOOLS),
        "We chose {v} for {s}.|We decided to use {v} for {s}.|For {s} we picked {v}.|The decision for {s} is {v}.",
        "the decision for {s}|our choice for {s}",
        "what did we choose for {s}|what did we decide to use for {s}|what did we pick for {s}",
    ),
    _relation(
        "reviewer",
        "any",
        n.person,
        "{v} reviews {s}.|The reviewer of {s} is {v}.|Ask {v} to review {s}.",
        "the reviewer of {s}",
        "who reviews {s}|who should review {s}|who is the reviewer of {s}",
    ),
    _relation(
        "schedule",
        "service",
        n.one_of(n.MODES),
        "{s} runs {v}.|The schedule of {s} is {v}.",
        "the schedule of {s}",
        "when does {s} run|how often does {s} run",
    ),
    _relation(
        "wrote",
        "any",
        n.person,
        "{v} wrote {s}.|{s} was written by {v}.|The author of {s} is {v}.",
        "the author of {s}|{s}'s author",
        "who wrote {s}|who is the author of {s}",
    ),
)

# How the evaluation splits state the closed relations; training never sees these.
HELD_OUT: dict[str, dict[str, str]] = {
    "dev": {
        "ceo": "At {s}, {v} is the CEO.",
        "founder": "It was {v} who founded {s}.",
        "people": "{v} people are employed by {s}.",
        "city": "You find {s} in {v}, its headquarters.",
        "founded": "{v} is the year in which {s} was founded.",
        "buyer": "{v} is now the owner of {s}, which it acquired.",
        "port": "{s} can be reached on port {v}.",
        "owner": "Changes to {s} go through its owner, {v}.",
        "maintainer": "{v} is the one who maintains {s}.",
        "timeout": "After {v}, calls to {s} time out.",
        "language": "The code of {s} is in {v}.",
        "database": "The data of {s} is in {v}.",
        "version": "Version {v} of {s} is in use.",
        "env": "Set {v} to configure {s}.",
        "file": "To configure {s}, edit {v}.",
        "defined": "Look for {s} in {v}.",
        "retries": "A failed call is retried {v} times by {s}.",
        "replaced": "Instead of {s}, call {v}.",
        "returns": "You get {v} from {s}.",
        "throws": "{v} is raised by {s}.",
        "logo": "{s} uses a {v} logo.",
        "license": "{v} is the license of {s}.",
        "oncall": "For {s}, {v} is on call.",
        "deployed": "{v} is where {s} runs.",
        "depends": "Without {v}, {s} does not run.",
        "decided": "{v} is what we chose for {s}.",
        "reviewer": "{s} is reviewed by {v}.",
        "schedule": "By default {s} runs {v}.",
        "wrote": "The code of {s} was written by {v}.",
    },
    "test": {
        "ceo": "{v} leads {s} as its CEO.",
        "founder": "{s} has one founder, {v}.",
        "people": "At {s} there are {v} people.",
        "city": "{v} is where {s} has its headquarters.",
        "founded": "Since {v}, {s} has been in business.",
        "buyer": "The company that acquired {s} is {v}.",
        "port": "Connect to {s} on port {v}.",
        "owner": "Ask {v} about {s}, which they own.",
        "maintainer": "{s} has {v} as its maintainer.",
        "timeout": "A call to {s} can take {v} before it times out.",
        "language": "{v} is the language in which {s} is written.",
        "database": "{v} holds the data of {s}.",
        "version": "{s} runs at version {v} here.",
        "env": "{s} takes its settings from {v}.",
        "file": "Edit {v} to change the config of {s}.",
        "defined": "The file {v} defines {s}.",
        "retries": "There are {v} retries in {s}.",
        "replaced": "New code should call {v} in place of {s}.",
        "returns": "The result of {s} is {v}.",
        "throws": "Expect {v} from {s} when it fails.",
        "logo": "{v} is the color of {s}'s logo.",
        "license": "The code of {s} is under the {v} license.",
        "oncall": "Call {v} when {s} is down; they are on call.",
        "deployed": "You will find {s} deployed in {v}.",
        "depends": "{v} must be up before {s} starts, since it depends on it.",
        "decided": "After a long talk we chose {v} for {s}.",
        "reviewer": "Send changes in {s} to {v} for review.",
        "schedule": "{s} is set to run {v}.",
        "wrote": "{v} is the person who wrote {s}.",
    },
}

# Values that are names themselves, and so belong to one split; numbers, cities, modes and tools are shared.
NAMED: frozenset[Maker] = frozenset(
    (n.person, n.team, n.company, n.service, n.identifier, n.error, n.path, n.env, n.url, owner, result)
)
HEAD: dict[str, Maker] = {
    "limit": n.integer,
    "size": n.size,
    "port": n.port,
    "timeout": n.duration,
    "interval": n.duration,
    "delay": n.duration,
    "owner": owner,
    "lead": n.person,
    "manager": n.person,
    "contact": n.person,
    "architect": n.person,
    "director": n.person,
    "engineer": n.person,
    "region": n.one_of(n.REGIONS),
    "city": n.one_of(n.CITIES),
    "office": n.one_of(n.CITIES),
    "path": n.path,
    "file": n.path,
    "folder": n.path,
    "version": n.version,
    "release": n.version,
    "mode": n.one_of(n.MODES),
    "strategy": n.one_of(n.MODES),
    "policy": n.one_of(n.MODES),
    "level": n.one_of(n.MODES),
    "schedule": n.one_of(n.MODES),
    "format": n.one_of(n.TOOLS),
    "backend": n.one_of(n.TOOLS),
    "library": n.one_of(n.TOOLS),
    "database": n.one_of(n.TOOLS),
    "framework": n.one_of(n.TOOLS),
    "variable": n.env,
    "flag": n.env,
    "key": n.env,
    "threshold": n.percent,
    "rate": n.percent,
    "quota": n.mixed(n.size, n.integer),
    "budget": n.integer,
    "count": n.count,
    "color": n.one_of(n.COLORS),
    "url": n.url,
    "endpoint": n.url,
    "host": n.url,
    "team": n.team,
    "partner": n.company,
    "vendor": n.company,
    "supplier": n.company,
    "customer": n.company,
    "year": n.year,
    "function": n.identifier,
    "class": n.identifier,
    "method": n.identifier,
    "handler": n.identifier,
    "table": n.identifier,
    "prefix": n.env,
    "window": n.duration,
    "lifetime": n.duration,
    "capacity": n.size,
    "codename": n.one_of(n.TEAMS),
    "channel": n.service,
    "branch": n.service,
    "queue": n.service,
    "topic": n.service,
    "bucket": n.service,
}
MODIFIER = [
    "default",
    "maximum",
    "minimum",
    "max",
    "min",
    "base",
    "main",
    "backup",
    "primary",
    "secondary",
    "internal",
    "external",
    "public",
    "private",
    "daily",
    "weekly",
    "retry",
    "cache",
    "upload",
    "download",
    "request",
    "response",
    "session",
    "token",
    "login",
    "build",
    "test",
    "deploy",
    "release",
    "support",
    "billing",
    "sales",
    "marketing",
    "security",
    "data",
    "batch",
    "page",
    "read",
    "write",
    "connection",
    "idle",
    "lock",
    "pool",
    "thread",
    "queue",
    "log",
    "error",
    "alert",
    "audit",
    "search",
    "index",
    "storage",
    "memory",
    "disk",
    "network",
    "proxy",
    "target",
    "source",
    "root",
    "temp",
    "static",
    "staging",
    "production",
    "preview",
    "initial",
    "final",
    "current",
    "previous",
    "next",
    "hard",
    "soft",
    "legacy",
    "new",
    "shared",
    "local",
    "remote",
    "global",
    "user",
    "admin",
    "customer",
    "partner",
    "service",
    "worker",
    "event",
    "job",
    "image",
    "video",
    "file",
    "message",
    "email",
    "payment",
    "order",
    "report",
    "schema",
    "migration",
    "rollout",
    "refresh",
    "startup",
    "shutdown",
    "keepalive",
    "heartbeat",
    "warmup",
    "polling",
    "export",
    "import",
    "sync",
    "replication",
    "compression",
    "encryption",
    "signing",
    "hash",
    "rendering",
]

# How an open attribute {n} of a subject {s} with value {v} is stated; each split has its own phrasings.
OPEN_STATEMENTS: dict[Split, tuple[str, ...]] = {
    "train": (
        "The {n} of {s} is {v}.",
        "{s}'s {n} is {v}.",
        "{s} has a {n} of {v}.",
        "{v} is the {n} of {s}.",
        "The {n} for {s} is {v}.",
        "{s}: {n} is {v}.",
        "{n} of {s}: {v}",
        "{s} {n}: {v}",
        "{s} {n} = {v}",
        "For {s}, the {n} is {v}.",
        "In {s}, the {n} is {v}.",
        "{s} uses {v} as its {n}.",
        "{s} ({n}: {v})",
        "We set the {n} of {s} to {v}.",
        "The {n} of {s} was set to {v}.",
        "Set the {n} of {s} to {v}.",
        "As of now, {s}'s {n} is {v}.",
        "Note that the {n} of {s} is {v}.",
        "- {s}: {v} ({n})",
        "| {s} | {n} | {v} |",
        "# {n} of {s}: {v}",
        "// {s} {n}: {v}",
        "The {n} of {s} should be {v}.",
        "Use {v} as the {n} of {s}.",
        "{s} works with {v} as {n}.",
        "The {n} of {s} equals {v}.",
        "{s} is run with a {n} of {v}.",
    ),
    "dev": ("{s} keeps its {n} at {v}.", "{v} serves as the {n} of {s}.", "Remember: {n} of {s} is {v}."),
    "test": (
        "{s} comes with {v} as the {n}.",
        "Right now the {n} of {s} is {v}.",
        "{v} is what we use as the {n} for {s}.",
    ),
}
JOINT_STATEMENTS: dict[Split, tuple[str, ...]] = {
    "train": ("{v} is the {n} and {m} of {s}.", "The {n} and {m} of {s} is {v}.", "{s}'s {n} and {m} is {v}."),
    "dev": ("{v} is both {n} and {m} of {s}.",),
    "test": ("{v} is {n} as well as {m} of {s}.", "At {s}, {v} is the {n} and the {m}."),
}
# Noun phrases for an open attribute.
OPEN_PHRASES: dict[Split, tuple[str, ...]] = {
    "train": ("the {n} of {s}", "{s}'s {n}", "the {n} for {s}", "the {n} that {s} has", "the {n} in {s}"),
    "dev": ("the {n} of {s}", "the {n} which {s} has"),
    "test": ("the {n} of {s}", "{s}'s {n}", "the {n} that {s} uses"),
}
# Questions around a noun phrase {p} ("the port of X") ...
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
    [
        "the",
        "who",
        "what",
        "which",
        "where",
        "when",
        "how",
        "in",
        "on",
        "to",
        "after",
        "since",
        "under",
        "for",
        "do",
        "tell",
        "give",
        "say",
        "with",
        "calls",
        "we",
    ]
)


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
            return HELD_OUT[split][closed.key] if closed else r.choice(OPEN_STATEMENTS[split])
        x = r.random()
        if x < 0.15:
            return variety.scrambled(r, closed.noun_phrases[0].split(" of ")[0] if closed else "{n}")
        if x < 0.5:
            return variety.closed_form(r, r.choice(closed.noun_phrases)) if closed else variety.open_form(r)
        form = r.choice(closed.statements if closed else OPEN_STATEMENTS[split])
        return variety.padded(r, form) if x < 0.65 else form

    def question(self, r: Random, split: Split) -> str:
        """A question that the fact answers."""
        noun = r.choice([self.noun, self.joint]) if self.joint else self.noun
        if noun:
            phrase = r.choice(OPEN_PHRASES[split]).format(s=self.subject, n=noun)
            if r.random() < 0.2:
                wh = r.choice(["what {p} is", "what {p} is", "which {n} {s} has", "what {n} {s} uses"])
                return self._ask(r, split, "w", wh.format(p=phrase, n=noun, s=self.subject))
            return self._ask(r, split, "p", phrase)
        relation = BY_KEY[self.relation]
        if r.random() < 0.35:
            return self._ask(r, split, "p", r.choice(relation.noun_phrases).format(s=self.subject))
        return self._ask(r, split, "w", r.choice(relation.questions).format(s=self.subject))

    @staticmethod
    def _ask(r: Random, split: Split, kind: Literal["p", "w"], text: str) -> str:
        """Puts a noun phrase ("p") or an indirect question ("w") into a question."""
        forms = (PHRASE_QUESTIONS if kind == "p" else WH_QUESTIONS)[split]
        if split != "train":
            return capital(r.choice(forms).format(**{kind: text}))
        if r.random() < 0.3:
            forms = variety.PHRASE_FRAMES if kind == "p" else variety.WH_FRAMES
        return variety.question(r, capital(r.choice(forms).format(**{kind: text})))


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
BY_KEY = {x.key: x for x in CLOSED}
OPEN_KEYS = tuple(f"{m} {h}" for h in HEAD for m in MODIFIER) + tuple(HEAD)
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
    if make in NAMED:
        make = n.in_split(make, split)
    value = make(r)
    while value == subject or value in subject:
        value = make(r)
    return Fact(subject, value, key, None if closed else key)


def other_subject(r: Random, fact: Fact, split: Split) -> Fact:
    """The same relation of another fresh entity: a neighbour."""
    closed = BY_KEY.get(fact.relation)
    kind = closed.subject if closed else "company" if fact.joint else "any"
    subject = fact.subject
    while subject == fact.subject:
        subject = subject_of(r, kind, split)
    return Fact(subject, fact.value, fact.relation, fact.noun, fact.joint)


def other_relation(r: Random, fact: Fact) -> Fact:
    """Another relation of the same entity, not a synonym of the fact's own."""
    while True:
        key = r.choice(CLOSED).key if r.random() < 0.5 else r.choice(OPEN_KEYS)
        if not related(key, fact.relation) and not (fact.joint and related(key, "owner")):
            closed = BY_KEY.get(key)
            return Fact(fact.subject, fact.value, key, None if closed else key)


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
