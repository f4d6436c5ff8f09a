"""Relations with verbs of their own: how facts state them and how questions ask for them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from . import names as n
from .names import Maker

SUBJECT: dict[str, Maker] = {
    "company": n.company,
    "service": n.service,
    "code": n.identifier,
    "any": n.mixed(n.company, n.service, n.service, n.identifier),
}


@dataclass(frozen=True)
class Forms:
    """How one split says a relation. Statements hold {s} and {v}; noun phrases and questions hold {s}.

    `questions` stand alone ("who does X belong to"); `indirect` ones follow "I forgot" ("who X belongs to").
    """

    statements: tuple[str, ...]
    noun_phrases: tuple[str, ...]
    questions: tuple[str, ...]
    indirect: tuple[str, ...]


@dataclass(frozen=True)
class Relation(Forms):
    """A relation with the forms of the training split; those of the others are in closed_evaluation.py."""

    key: str
    subject: str
    value: Maker


def forms(statements: str, phrases: str, questions: str, indirect: str) -> Forms:
    """Forms from lists that are parted by `|`."""
    return Forms(*(tuple(x.strip() for x in text.split("|")) for text in (statements, phrases, questions, indirect)))


def _relation(
    key: str, subject: str, value: Maker, statements: str, phrases: str, questions: str, indirect: str
) -> Relation:
    return Relation(**vars(forms(statements, phrases, questions, indirect)), key=key, subject=subject, value=value)


# The core of each; closed.jsonl holds many more forms.
_CORE: tuple[Relation, ...] = (
    _relation(
        "ceo",
        "company",
        n.person,
        "{v} is the CEO of {s}.|The CEO of {s} is {v}.|{s}'s CEO is {v}.|{s} is led by {v}.|{v} runs {s} as CEO.",
        "the CEO of {s}|{s}'s CEO",
        "who is the CEO of {s}|who leads {s}|who runs {s}",
        "who the CEO of {s} is|who leads {s}|who runs {s}",
    ),
    _relation(
        "founder",
        "company",
        n.person,
        "{v} is the founder of {s}.|{s} was founded by {v}.|The founder of {s} is {v}.|{v} founded {s}.",
        "the founder of {s}|{s}'s founder",
        "who is the founder of {s}|who founded {s}|who started {s}",
        "who the founder of {s} is|who founded {s}|who started {s}",
    ),
    _relation(
        "people",
        "company",
        n.count,
        "{s} has {v} people.|{s} employs {v} people.|There are {v} people in {s}.|{v} people work at {s}.",
        "the number of people in {s}|the headcount of {s}",
        "how many people are in {s}|how many people does {s} have|how many people work at {s}",
        "how many people are in {s}|how many people {s} has|how many people work at {s}",
    ),
    _relation(
        "city",
        "company",
        n.one_of(n.CITIES),
        "{s} is headquartered in {v}.|The headquarters of {s} is in {v}.|{s} is based in {v}.|{s} has its head office in {v}.",
        "the headquarters of {s}|the city of {s}",
        "where is {s} headquartered|where is {s} based|in which city is {s}",
        "where {s} is headquartered|where {s} is based|in which city {s} is",
    ),
    _relation(
        "founded",
        "company",
        n.year,
        "{s} was founded in {v}.|{s} started in {v}.|{s} has existed since {v}.",
        "the founding year of {s}",
        "when was {s} founded|in what year did {s} start|since when does {s} exist",
        "when {s} was founded|in what year {s} started|since when {s} has existed",
    ),
    _relation(
        "buyer",
        "company",
        n.company,
        "{s} was acquired by {v}.|{v} acquired {s}.|{v} bought {s}.|{s} was bought by {v}.",
        "the buyer of {s}",
        "who acquired {s}|who bought {s}|which company bought {s}",
        "who acquired {s}|who bought {s}|which company bought {s}",
    ),
    _relation(
        "port",
        "service",
        n.port,
        "{s} listens on port {v}.|The port of {s} is {v}.|{s} runs on port {v}.|{s} is served on port {v}.|Port {v} belongs to {s}.",
        "the port of {s}|{s}'s port|the port number of {s}",
        "which port does {s} listen on|what port does {s} use|on which port does {s} run",
        "which port {s} listens on|what port {s} uses|on which port {s} runs",
    ),
    _relation(
        "owner",
        "service",
        n.owner,
        "{s} is owned by {v}.|The owner of {s} is {v}.|{v} owns {s}.|{v} is responsible for {s}.|{s} belongs to {v}.",
        "the owner of {s}|{s}'s owner",
        "who owns {s}|who is the owner of {s}|who is responsible for {s}|who does {s} belong to",
        "who owns {s}|who the owner of {s} is|who is responsible for {s}|who {s} belongs to",
    ),
    _relation(
        "maintainer",
        "any",
        n.owner,
        "{s} is maintained by {v}.|{v} maintains {s}.|The maintainer of {s} is {v}.",
        "the maintainer of {s}",
        "who maintains {s}|who is the maintainer of {s}",
        "who maintains {s}|who the maintainer of {s} is",
    ),
    _relation(
        "timeout",
        "service",
        n.duration,
        "The timeout of {s} is {v}.|{s} times out after {v}.|{s} has a timeout of {v}.|Calls to {s} time out after {v}.",
        "the timeout of {s}|{s}'s timeout",
        "what is the timeout of {s}|when does {s} time out|after how long does {s} time out",
        "what the timeout of {s} is|when {s} times out|after how long {s} times out",
    ),
    _relation(
        "language",
        "service",
        n.one_of(n.TOOLS),
        "{s} is written in {v}.|{s} uses the language {v}.|We wrote {s} in {v}.",
        "the language of {s}",
        "what language is {s} written in|which language does {s} use|in what is {s} written",
        "what language {s} is written in|which language {s} uses|in what {s} is written",
    ),
    _relation(
        "database",
        "service",
        n.one_of(n.TOOLS),
        "{s} stores its data in {v}.|The database of {s} is {v}.|{s} uses {v} as its database.|{s} keeps its data in {v}.",
        "the database of {s}",
        "where does {s} store its data|which database does {s} use|where does {s} keep its data",
        "where {s} stores its data|which database {s} uses|where {s} keeps its data",
    ),
    _relation(
        "version",
        "any",
        n.version,
        "The version of {s} is {v}.|{s} is at version {v}.|We run version {v} of {s}.|{s} is pinned to {v}.",
        "the version of {s}|{s}'s version",
        "which version of {s} do we run|what version is {s} at|to which version is {s} pinned",
        "which version of {s} we run|what version {s} is at|to which version {s} is pinned",
    ),
    _relation(
        "env",
        "service",
        n.env,
        "{s} reads {v} from the environment.|{s} is configured by {v}.|The environment variable of {s} is {v}.",
        "the environment variable of {s}",
        "which environment variable does {s} read|what configures {s}|which variable configures {s}",
        "which environment variable {s} reads|what configures {s}|which variable configures {s}",
    ),
    _relation(
        "file",
        "any",
        n.path,
        "The config of {s} is in {v}.|{s} is configured in {v}.|The config file of {s} is {v}.",
        "the config file of {s}|the config of {s}",
        "where is the config of {s}|where is {s} configured|in which file is {s} configured",
        "where the config of {s} is|where {s} is configured|in which file {s} is configured",
    ),
    _relation(
        "defined",
        "code",
        n.path,
        "{s} is defined in {v}.|{s} lives in {v}.|The definition of {s} is in {v}.|You find {s} in {v}.",
        "the location of {s}|the definition of {s}",
        "where is {s} defined|where does {s} live|in which file is {s}|where do I find {s}",
        "where {s} is defined|where {s} lives|in which file {s} is|where I find {s}",
    ),
    _relation(
        "retries",
        "service",
        n.count,
        "{s} retries {v} times.|The retry limit of {s} is {v}.|{s} gives up after {v} retries.",
        "the retry limit of {s}",
        "how many times does {s} retry|how often does {s} retry",
        "how many times {s} retries|how often {s} retries",
    ),
    _relation(
        "replaced",
        "code",
        n.identifier,
        "{s} is replaced by {v}.|Use {v} instead of {s}.|{s} is deprecated in favor of {v}.|{v} replaces {s}.|Call {v}, not {s}.",
        "the replacement of {s}|the replacement for {s}",
        "what replaces {s}|what should I use instead of {s}|what is used in place of {s}|what do I call instead of {s}",
        "what replaces {s}|what I should use instead of {s}|what is used in place of {s}|what to call instead of {s}",
    ),
    _relation(
        "returns",
        "code",
        n.result,
        "{s} returns {v}.|The return value of {s} is {v}.|Calling {s} gives {v}.",
        "the return value of {s}",
        "what does {s} return|what do I get from {s}",
        "what {s} returns|what I get from {s}",
    ),
    _relation(
        "throws",
        "code",
        n.error,
        "{s} throws {v}.|{s} raises {v}.|{s} fails with {v}.",
        "the error of {s}",
        "what does {s} throw|which error does {s} raise|with what does {s} fail",
        "what {s} throws|which error {s} raises|with what {s} fails",
    ),
    _relation(
        "logo",
        "company",
        n.one_of(n.COLORS),
        "The logo of {s} is {v}.|{s} has a {v} logo.|{s}'s logo is {v}.",
        "the color of the logo of {s}|the logo color of {s}",
        "what color is the logo of {s}|which color is {s}'s logo",
        "what color the logo of {s} is|which color {s}'s logo is",
    ),
    _relation(
        "license",
        "any",
        n.one_of(n.LICENSES),
        "{s} is licensed under {v}.|The license of {s} is {v}.|{s} is published under {v}.",
        "the license of {s}|{s}'s license",
        "under which license is {s}|how is {s} licensed",
        "under which license {s} is|how {s} is licensed",
    ),
    _relation(
        "oncall",
        "service",
        n.person,
        "{v} is on call for {s}.|The on-call engineer of {s} is {v}.|On call for {s} is {v}.",
        "the on-call engineer of {s}",
        "who is on call for {s}|who do I call for {s}",
        "who is on call for {s}|who to call for {s}",
    ),
    _relation(
        "deployed",
        "service",
        n.mixed(n.one_of(n.REGIONS), n.one_of(n.CITIES)),
        "{s} is deployed in {v}.|{s} runs in {v}.|We deploy {s} to {v}.",
        "the deployment region of {s}",
        "where is {s} deployed|where does {s} run|to where do we deploy {s}",
        "where {s} is deployed|where {s} runs|to where we deploy {s}",
    ),
    _relation(
        "depends",
        "service",
        n.service,
        "{s} depends on {v}.|{s} needs {v}.|{s} calls {v}.",
        "the dependency of {s}",
        "what does {s} depend on|what does {s} need|what does {s} call",
        "what {s} depends on|what {s} needs|what {s} calls",
    ),
    _relation(
        "decided",
        "any",
        n.one_of(n.TOOLS),
        "We chose {v} for {s}.|We decided to use {v} for {s}.|For {s} we picked {v}.|The decision for {s} is {v}.",
        "the decision for {s}|our choice for {s}",
        "what did we choose for {s}|what did we decide to use for {s}|what did we pick for {s}",
        "what we chose for {s}|what we decided to use for {s}|what we picked for {s}",
    ),
    _relation(
        "reviewer",
        "any",
        n.person,
        "{v} reviews {s}.|The reviewer of {s} is {v}.|Ask {v} to review {s}.",
        "the reviewer of {s}",
        "who reviews {s}|who should review {s}|who is the reviewer of {s}",
        "who reviews {s}|who should review {s}|who the reviewer of {s} is",
    ),
    _relation(
        "schedule",
        "service",
        n.one_of(n.MODES),
        "{s} runs {v}.|The schedule of {s} is {v}.",
        "the schedule of {s}",
        "when does {s} run|how often does {s} run",
        "when {s} runs|how often {s} runs",
    ),
    _relation(
        "wrote",
        "any",
        n.person,
        "{v} wrote {s}.|{s} was written by {v}.|The author of {s} is {v}.",
        "the author of {s}|{s}'s author",
        "who wrote {s}|who is the author of {s}",
        "who wrote {s}|who the author of {s} is",
    ),
)


def _extended(relation: Relation, more: dict[str, list[str]]) -> Relation:
    parts = ("statements", "noun_phrases", "questions", "indirect")
    keys = ("statements", "phrases", "questions", "indirect")
    return replace(relation, **{p: (*getattr(relation, p), *more[k]) for p, k in zip(parts, keys, strict=True)})


_MORE = [json.loads(line) for line in (Path(__file__).parent / "closed.jsonl").read_text("utf-8").splitlines()]
BY_KEY = {x.key: _extended(x, next(m for m in _MORE if m["key"] == x.key)) for x in _CORE}
CLOSED = tuple(BY_KEY.values())
