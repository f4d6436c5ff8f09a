"""Relations with verbs of their own: how facts state them and how questions ask for them."""

from __future__ import annotations

from dataclasses import dataclass

from . import names as n
from .names import Maker

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
        n.owner,
        "{s} is owned by {v}.|The owner of {s} is {v}.|{v} owns {s}.|{v} is responsible for {s}.|{s} belongs to {v}.",
        "the owner of {s}|{s}'s owner",
        "who owns {s}|who is the owner of {s}|who is responsible for {s}|who does {s} belong to",
    ),
    _relation(
        "maintainer",
        "any",
        n.owner,
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
        n.result,
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

BY_KEY = {x.key: x for x in CLOSED}
