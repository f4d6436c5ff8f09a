"""Generators of invented names and values. Each name belongs to exactly one split, decided by its hash."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from random import Random
from typing import Literal

Split = Literal["train", "dev", "test"]
Maker = Callable[[Random], str]

ONSET = "b c d f g h j k l m n p r s t v w z br cr dr fl gr kr pl pr st tr sh th ch qu x y bl cl gl sl sn sp".split()
VOWEL = "a e i o u ai ea ee io ou au oo y".split()
CODA = "n r l x s th m nd rk ly on ix ar us ex t k d p ck rd nt st ng".split()
PREFIX = "Ox Neo Hyper Omni Inter Data Cloud Meta Blue Red Open Net Micro Quant Bio Geo Aero Sky Deep Core".split()
STEM = "innov nov tech soft flow forge stack vault bridge link mind wave grid port lab scale craft works base point".split()
FIRST = (
    "James Mary Wei Anna Omar Lena Hiro Priya Ivan Sofia Noah Mia Liam Zoe Ken Rosa Luis Nina Tom Sara Ali Eva Max "
    "Ada Leo Ivy Sam Uma Raj Kai Yuki Ben Amy Dan Eli Fay Gus Hal Ian Jo Kim Lou Meg Ned Pat Ron Sue Ted Val Chen "
    "Ling Bo José Zoë Søren Jürgen Łukasz Ines Marta Pavel Olga Tariq Aisha Kofi Amara Bjorn Freya Diego Lucia "
    "Mateo Emma Jun"
).split()
WORDS = (
    "auth billing search payment order cache event user media report invoice gateway stream queue index ledger "
    "catalog session email image audit policy profile metrics export import sync backup render layout token route "
    "worker batch proxy config storage graph vector notify chat video fraud tax ship stock cart review tenant "
    "license scan login upload download feed timeline webhook scheduler parser lexer compiler router registry "
    "broker replica shard snapshot"
).split()
SERVICE = "service api gateway worker store engine bus hub proxy daemon client server job cli sdk ui".split()
VERBS = (
    "get set load save parse build fetch send open close read write create update delete find list init flush".split()
)
NOUN = (
    "User Order Token Config Session Buffer Cache File Stream Report Index Node Query Schema Event Batch Page".split()
)
CITIES = (
    "Paris Berlin Tokyo Oslo Lima Cairo Delhi Seoul Rome Madrid Lisbon Vienna Prague Dublin Austin Boston Denver "
    "Zurich Milan Quito Osaka Perth Accra Hanoi Riga Toronto Chicago Sydney Munich Geneva Nairobi Bogotá Kraków "
    "Helsinki"
).split()
TEAMS = (
    "Falcon Orion Atlas Nova Comet Tiger Raven Lotus Delta Sigma Echo Phoenix Cobra Maple Onyx Pearl Zephyr Titan "
    "Vega Lynx Platform Security Infra Payments Growth Search Core Mobile Data Identity"
).split()
TOOLS = (
    "PostgreSQL MySQL Redis SQLite MongoDB Cassandra DynamoDB ClickHouse Kafka RabbitMQ Elasticsearch etcd Rust Go "
    "Python Java Kotlin TypeScript Ruby Elixir Scala Swift Haskell nginx Envoy Terraform Ansible Jenkins Docker "
    "Kubernetes gRPC GraphQL Protobuf JSON YAML TOML Avro Parquet React Vue Svelte Django Flask Rails Spring "
    "Express webpack Vite esbuild"
).split()
LICENSES = ["MIT", "Apache-2.0", "GPL-3.0", "BSD-3-Clause", "MPL-2.0", "ISC"]
COLORS = "red blue green yellow purple orange black white teal pink gray gold silver brown".split()
NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
MODES = (
    "strict lazy eager async sync manual automatic round-robin random sticky weekly daily monthly nightly hourly "
    "never always optional required enabled disabled read-only shared private public debug warn error info verbose "
    "fast slow primary secondary blue-green rolling canary least-recently-used first-in-first-out exponential "
    "linear constant"
).split()
REGIONS = [
    f"{a}-{b}-{c}" for a in ("us", "eu", "ap", "sa") for b in ("east", "west", "north", "south") for c in (1, 2, 3)
]


def split_of(name: str) -> Split:
    """The one split that an entity's name may appear in: 80 % train, 8 % dev, 12 % test."""
    bucket = hashlib.sha256(name.lower().encode()).digest()[0]
    return "train" if bucket < 205 else "dev" if bucket < 226 else "test"


def in_split(make: Maker, split: Split) -> Maker:
    """Restricts a generator of entity names to those of `split`; "Oxinnovate" and "Qi" are always held out."""

    def made(r: Random) -> str:
        while True:
            name = make(r)
            reserved = "oxinnovate" in name.lower() or name == "Qi"
            if not reserved and split_of(name) == split:
                return name

    return made


def syllables(r: Random, n: int) -> str:
    s = "".join(r.choice(ONSET) + r.choice(VOWEL) for _ in range(n))
    return s + (r.choice(CODA) if r.random() < 0.6 else "")


def person(r: Random) -> str:
    x = r.random()
    if x < 0.25:
        return r.choice(FIRST)
    last = syllables(r, r.choice([1, 2])).capitalize()
    return f"{r.choice(FIRST)} {last}" if x < 0.75 else last


def company(r: Random) -> str:
    x = r.random()
    if x < 0.6:
        return syllables(r, r.choice([1, 2, 2, 3])).capitalize()
    if x < 0.8:
        return r.choice(PREFIX) + r.choice(STEM) + r.choice(["", "a", "ate", "ia", "io", "ix", "ly"])
    return syllables(r, r.choice([1, 2])).capitalize() + " " + r.choice(["Labs", "Systems", "Group", "Software", "Inc"])


def service(r: Random) -> str:
    x = r.random()
    if x < 0.25:
        return f"{r.choice(WORDS)}-{r.choice(SERVICE)}"
    if x < 0.45:
        return f"{syllables(r, r.choice([1, 2]))}-{r.choice(SERVICE)}"
    if x < 0.6:
        return f"the {r.choice(WORDS)} {r.choice(SERVICE)}"
    if x < 0.7:
        return f"the {syllables(r, 2).capitalize()} {r.choice(SERVICE)}"
    return syllables(r, r.choice([1, 2, 2])).capitalize() if x < 0.85 else syllables(r, 2)


def identifier(r: Random) -> str:
    x = r.random()
    if x < 0.3:
        return r.choice(VERBS) + r.choice(NOUN) + r.choice(["", "s", "Async", "ById"]) + "()"
    if x < 0.5:
        return f"{r.choice(VERBS)}_{syllables(r, 1)}_{r.choice(WORDS)}"
    if x < 0.75:
        return (
            syllables(r, 1).capitalize() + r.choice(NOUN) + r.choice(["", "Manager", "Service", "Factory", "Handler"])
        )
    return f"`{r.choice(VERBS)}{syllables(r, 1).capitalize()}`"


def error(r: Random) -> str:
    return syllables(r, r.choice([1, 2])).capitalize() + r.choice(["Error", "Exception"])


def env(r: Random) -> str:
    tail = r.choice("TIMEOUT URL KEY PORT MODE LEVEL PATH HOST LIMIT TTL SECRET REGION".split())
    return "_".join([r.choice([r.choice(WORDS), syllables(r, 1)]).upper(), tail])


def path(r: Random) -> str:
    folder = r.choice("src etc config conf infra deploy lib docs app test".split())
    inner = f"{r.choice(WORDS)}/" if r.random() < 0.3 else ""
    stem = r.choice([r.choice(WORDS), syllables(r, 2)])
    return f"{folder}/{inner}{stem}.{r.choice('yaml json toml ini ts py go rs md sql'.split())}"


def integer(r: Random) -> str:
    return str(r.choice([r.randint(2, 99), r.randint(100, 999), r.randint(1000, 9999), r.randint(1, 20) * 100]))


def port(r: Random) -> str:
    return str(r.randint(80, 65535))


def duration(r: Random) -> str:
    return f"{r.choice([r.randint(2, 99), r.choice([100, 120, 150, 200, 250, 300, 500, 750, 900])])} " + r.choice(
        ["seconds", "ms", "minutes", "hours", "days", "s"]
    )


def size(r: Random) -> str:
    return f"{r.choice([1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 256, 512, r.randint(2, 999)])} " + r.choice(
        ["MB", "GB", "KB", "bytes", "MiB"]
    )


def version(r: Random) -> str:
    return f"{r.choice(['', 'v'])}{r.randint(0, 24)}.{r.randint(0, 30)}" + (
        f".{r.randint(0, 30)}" if r.random() < 0.6 else ""
    )


def year(r: Random) -> str:
    return str(r.randint(1950, 2026))


def percent(r: Random) -> str:
    return f"{r.choice([r.randint(1, 99), 99.9, 99.5, 0.1])}%"


def url(r: Random) -> str:
    return f"https://{r.choice([r.choice(WORDS), syllables(r, 2)])}.{r.choice(['dev', 'io', 'com', 'internal', 'example.org'])}"


def count(r: Random) -> str:
    return r.choice(NUMBER_WORDS) if r.random() < 0.4 else str(r.randint(1, 900))


def team(r: Random) -> str:
    return r.choice([f"team {r.choice(TEAMS)}", f"the {r.choice(TEAMS)} team", r.choice(TEAMS)])


def one_of(words: list[str]) -> Maker:
    return lambda r: r.choice(words)


def mixed(*makers: Maker) -> Maker:
    return lambda r: r.choice(makers)(r)


owner = mixed(person, team)
result = mixed(identifier, one_of("null undefined true false None void string boolean int".split()))
# Makers of values that are names themselves, and so belong to one split; numbers, cities, modes and tools are shared.
NAMED: frozenset[Maker] = frozenset((person, team, company, service, identifier, error, path, env, url, owner, result))


def sibling(r: Random, name: str) -> str | None:
    """Another name that shares all parts of `name` but one, such as `auth-api` for `billing-api`; None for one part."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)
    if len(parts) < 2:
        return None
    part = r.choice(parts[1:] if parts[0] == "the" else parts)
    other = r.choice([r.choice(WORDS), r.choice(WORDS), syllables(r, 1)])
    other = other.upper() if part.isupper() and len(part) > 1 else other.capitalize() if part[0].isupper() else other
    return re.sub(rf"(?<![a-z]){part}(?![a-z])", other, name, count=1)
