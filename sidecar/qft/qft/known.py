"""Facts of the world that the model must know without being taught, and keep knowing."""

from __future__ import annotations

from random import Random

from . import variety
from .names import Split
from .phrasing import PHRASE_QUESTIONS, capital

_CEO = "Nvidia=Jensen Huang|Microsoft=Satya Nadella|Apple=Tim Cook|Google=Sundar Pichai|Meta=Mark Zuckerberg|Amazon=Andy Jassy|Tesla=Elon Musk|AMD=Lisa Su|OpenAI=Sam Altman|IBM=Arvind Krishna|Adobe=Shantanu Narayen|Shopify=Tobi Lütke|Airbnb=Brian Chesky|Uber=Dara Khosrowshahi|Dropbox=Drew Houston|Cloudflare=Matthew Prince|Qualcomm=Cristiano Amon"
_FOUNDER = "Microsoft=Bill Gates|Apple=Steve Jobs|Amazon=Jeff Bezos|Facebook=Mark Zuckerberg|Linux=Linus Torvalds|Git=Linus Torvalds|Python=Guido van Rossum|Ruby=Yukihiro Matsumoto|JavaScript=Brendan Eich|Java=James Gosling|Perl=Larry Wall|PHP=Rasmus Lerdorf|Redis=Salvatore Sanfilippo|Node.js=Ryan Dahl|Vue=Evan You|Kafka=Jay Kreps|Docker=Solomon Hykes|Rust=Graydon Hoare|Zig=Andrew Kelley|Elixir=José Valim|Clojure=Rich Hickey|Lua=Roberto Ierusalimschy|Vim=Bram Moolenaar|SQLite=Richard Hipp|Wikipedia=Jimmy Wales"
_CAPITAL = "France=Paris|Germany=Berlin|Japan=Tokyo|Norway=Oslo|Peru=Lima|Egypt=Cairo|India=New Delhi|Italy=Rome|Spain=Madrid|Portugal=Lisbon|Austria=Vienna|Ireland=Dublin|Canada=Ottawa|China=Beijing|Poland=Warsaw|Greece=Athens|Kenya=Nairobi|Vietnam=Hanoi|Chile=Santiago|Cuba=Havana|Finland=Helsinki|Sweden=Stockholm|Denmark=Copenhagen|Hungary=Budapest"
_PORT = "PostgreSQL=5432|MySQL=3306|Redis=6379|MongoDB=27017|SSH=22|HTTP=80|HTTPS=443|SMTP=25|DNS=53|FTP=21|Elasticsearch=9200|Kafka=9092|RabbitMQ=5672|etcd=2379|Cassandra=9042|Memcached=11211|ZooKeeper=2181|Prometheus=9090|Grafana=3000|LDAP=389|Telnet=23|IMAP=143|RDP=3389|VNC=5900"
_HEADQUARTERS = "Microsoft=Redmond|Apple=Cupertino|Google=Mountain View|Amazon=Seattle|Nvidia=Santa Clara|Intel=Santa Clara|SAP=Walldorf|Spotify=Stockholm|Nokia=Espoo|Sony=Tokyo|Samsung=Suwon|Siemens=Munich|IBM=Armonk|Oracle=Austin|Shopify=Ottawa"
_STATUS = "200=OK|201=Created|204=No Content|301=Moved Permanently|302=Found|304=Not Modified|400=Bad Request|401=Unauthorized|403=Forbidden|404=Not Found|409=Conflict|410=Gone|418=I'm a teapot|429=Too Many Requests|500=Internal Server Error|502=Bad Gateway|503=Service Unavailable|504=Gateway Timeout"
_LANGUAGE = "Kubernetes=Go|Docker=Go|Linux=C|SQLite=C|Redis=C|Kafka=Scala|Spark=Scala|Elasticsearch=Java|Jenkins=Java|Terraform=Go|VS Code=TypeScript|Django=Python|Flask=Python|Rails=Ruby|Firefox=C++|Chromium=C++|LLVM=C++|Deno=Rust|Ansible=Python|Prometheus=Go|Git=C|PyTorch=C++"


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in (x.split("=", 1) for x in text.split("|"))]


# (noun phrases, direct questions, pairs)
KINDS: tuple[tuple[tuple[str, ...], tuple[str, ...], list[tuple[str, str]]], ...] = (
    (("the CEO of {s}", "{s}'s CEO"), ("Who is the CEO of {s}?", "Who leads {s}?", "Who runs {s}?"), _pairs(_CEO)),
    (
        ("the founder of {s}", "{s}'s founder"),
        ("Who is the founder of {s}?", "Who founded {s}?", "Who started {s}?"),
        _pairs(_FOUNDER),
    ),
    (
        ("the capital of {s}", "{s}'s capital"),
        ("What is the capital of {s}?", "Which city is the capital of {s}?"),
        _pairs(_CAPITAL),
    ),
    (
        ("the default port of {s}", "the port of {s}"),
        ("Which port does {s} use?", "Which port does {s} listen on?"),
        _pairs(_PORT),
    ),
    (("the headquarters of {s}",), ("Where is {s} based?", "Where is {s} headquartered?"), _pairs(_HEADQUARTERS)),
    (
        ("the meaning of HTTP status {s}", "the meaning of HTTP {s}"),
        ("What does HTTP {s} mean?", "What does status {s} mean?"),
        _pairs(_STATUS),
    ),
    (("the language of {s}",), ("What language is {s} written in?", "Which language does {s} use?"), _pairs(_LANGUAGE)),
)
ALL = tuple((phrases, questions, s, v) for phrases, questions, pairs in KINDS for s, v in pairs)
SUBJECTS = frozenset(s.lower() for _, _, s, _ in ALL)


def _asked(r: Random, phrases: tuple[str, ...], questions: tuple[str, ...], s: str) -> str:
    """A question in as many wordings as those about what is taught: else only what is asked plainly would be known."""
    x = r.random()
    if x < 0.25:
        return r.choice(questions).format(s=s)
    direct = x < 0.5
    text = r.choice(questions).rstrip("?") if direct else r.choice(phrases)
    text = text.format(s=s)
    if direct and r.random() < 0.7:
        text = text[0].lower() + text[1:]
    return variety.framed(r, "direct" if direct else "phrase", text, s)


def known(r: Random, split: Split) -> tuple[str, str]:
    """A question about the world and its answer; wordings of evaluation splits are wrapped in held-out phrasings."""
    phrases, questions, s, v = r.choice(ALL)
    if split == "train":
        return _asked(r, phrases, questions, s), v
    return capital(r.choice(PHRASE_QUESTIONS[split]).format(p=r.choice(phrases).format(s=s))), v
