"""Open attributes: thousands of compound nouns, and how a fact gives one a value."""

from __future__ import annotations

import json
from pathlib import Path

from . import dev_phrasing
from . import names as n
from .names import Maker, Split

HEAD: dict[str, Maker] = {
    "limit": n.integer,
    "size": n.size,
    "port": n.port,
    "timeout": n.duration,
    "interval": n.duration,
    "delay": n.duration,
    "owner": n.owner,
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
MODIFIER = (
    "default maximum minimum max min base main backup primary secondary internal external public private daily "
    "weekly retry cache upload download request response session token login build test deploy release support "
    "billing sales marketing security data batch page read write connection idle lock pool thread queue log error "
    "alert audit search index storage memory disk network proxy target source root temp static staging production "
    "preview initial final current previous next hard soft legacy new shared local remote global user admin "
    "customer partner service worker event job image video file message email payment order report schema migration "
    "rollout refresh startup shutdown keepalive heartbeat warmup polling export import sync replication compression "
    "encryption signing hash rendering"
).split()

# Many more training forms than stand below, of several hands.
_MORE: dict[str, list[str]] = json.loads((Path(__file__).parent / "open.json").read_text("utf-8"))

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
        *_MORE["statements"],
    ),
    "dev": dev_phrasing.OPEN["statements"],
    "test": (
        "We have {v} down as the {n} of {s}.",
        "The {n} that comes with {s} is {v}.",
        "When it comes to {s}, {v} is the {n}.",
        "We agreed on {v} as the {n} of {s}.",
        "Anyone who works on {s} should know that its {n} is {v}.",
        "{s} went live with {v} as its {n}.",
        "The group picked {v} to be the {n} of {s}.",
        "On the page about {s}, the {n} is given as {v}.",
        "The {n} listed for {s} is {v}.",
        "In the case of {s}, we went with {v} as the {n}.",
        "Since the last release, {s} has had {v} as its {n}.",
        "As far as the {n} of {s} goes, it is {v}.",
        "You asked about the {n} of {s}: it is {v}.",
        "My notes say that {s} has {v} for its {n}.",
    ),
}
JOINT_STATEMENTS: dict[Split, tuple[str, ...]] = {
    "train": (
        "{v} is the {n} and {m} of {s}.",
        "The {n} and {m} of {s} is {v}.",
        "{s}'s {n} and {m} is {v}.",
        *_MORE["joint"],
    ),
    "dev": dev_phrasing.OPEN["joint"],
    "test": (
        "{v} holds two jobs at {s}: {n} and {m}.",
        "{s} has {v} as its {n} and also as its {m}.",
        "{v} works for {s} as {n} and {m}.",
        "Not only the {n} but also the {m} of {s} is {v}.",
        "The person who is {n} of {s}, {v}, is its {m} too.",
    ),
}
# Noun phrases for an open attribute.
OPEN_PHRASES: dict[Split, tuple[str, ...]] = {
    "train": (
        "the {n} of {s}",
        "{s}'s {n}",
        "the {n} for {s}",
        "the {n} that {s} has",
        "the {n} in {s}",
        *_MORE["phrases"],
    ),
    "dev": dev_phrasing.OPEN["phrases"],
    "test": ("the {n} of {s}", "{s}'s {n}", "the {n} listed for {s}", "the {n} noted for {s}"),
}
# Questions for an open attribute that stand alone, and those that follow "I forgot".
OPEN_QUESTIONS: dict[Split, tuple[str, ...]] = {
    "train": (
        "what is the {n} of {s}",
        "which {n} does {s} have",
        "what {n} does {s} use",
        *_MORE["questions"],
    ),
    "dev": dev_phrasing.OPEN["questions"],
    "test": ("what do we have as the {n} of {s}", "which {n} goes with {s}", "which {n} was noted for {s}"),
}
OPEN_INDIRECT: dict[Split, tuple[str, ...]] = {
    "train": (
        "what the {n} of {s} is",
        "which {n} {s} has",
        "what {n} {s} uses",
        *_MORE["indirect"],
    ),
    "dev": dev_phrasing.OPEN["indirect"],
    "test": ("what we have as the {n} of {s}", "which {n} goes with {s}", "which {n} was noted for {s}"),
}

OPEN_KEYS = tuple(f"{m} {h}" for h in HEAD for m in MODIFIER) + tuple(HEAD)
