"""The value and subject makers that the bank's templates name."""

from __future__ import annotations

from random import Random

from .. import names as n
from ..attributes import HEAD
from ..closed import SUBJECT
from ..names import Maker

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April June July August September October November December".split()
ZONES = "UTC Europe/Berlin Europe/Paris America/New_York America/Chicago Asia/Tokyo Asia/Seoul Australia/Sydney".split()
LOCALES = "en-US en-GB de-DE fr-FR es-ES pt-BR ja-JP ko-KR zh-CN it-IT nl-NL sv-SE pl-PL tr-TR".split()
LOG_LEVELS = "DEBUG INFO WARN ERROR FATAL TRACE NOTICE CRITICAL".split()
MIME = (
    "application/json text/plain text/html image/png image/webp application/xml text/csv application/pdf "
    "application/x-protobuf video/mp4 audio/ogg application/octet-stream"
).split()
PROTOCOLS = "HTTP/2 gRPC MQTT AMQP WebSocket TCP UDP QUIC Thrift SOAP STOMP HTTP/1.1 HTTP/3 SFTP SMTP".split()
CIPHERS = "AES-256-GCM ChaCha20 RSA-2048 Ed25519 AES-128 SHA-256 bcrypt Argon2 TLS 1.3 mTLS scrypt P-256".split()
AUTH = "OAuth2 JWT SAML API keys mTLS OpenID Kerberos LDAP".split()
ALGORITHMS = (
    "quicksort round-robin LRU LFU Raft Paxos gzip zstd snappy brotli lz4 BM25 Dijkstra mergesort Levenshtein FIFO"
).split()
FONTS = "Inter Roboto Lato Georgia Helvetica Arial Verdana Futura Merriweather Garamond Menlo Consolas".split()
STATUSES = (
    "active paused draft pending archived stable beta alpha experimental approved rejected deferred frozen".split()
)
BRANCHES = "feature fix release hotfix chore spike".split()
NON_ASCII = "Café Über Åre Ñandú Żubr Ærø Čapek Île Øst Łódź São Naïve Größe Señal Zürn Éclair".split()
INSTANCES = "m5.large c6g.xlarge t3.micro r5.2xlarge n2-standard-4 e2-medium p3.8xlarge db.r6g.large".split()
DISTROS = "Alpine Debian Ubuntu Fedora CentOS distroless Arch NixOS FreeBSD".split()
COUNTRIES = "Germany France Japan Norway Brazil Canada India Spain Poland Ireland Kenya Chile Vietnam Portugal".split()
LANGUAGES = "Rust Go Python Java Kotlin TypeScript Ruby Elixir Scala Swift Haskell Clojure OCaml Zig Perl Lua".split()
BROKERS = "Kafka RabbitMQ NATS Pulsar SQS Redis ActiveMQ Kinesis".split()
DATABASES = "PostgreSQL MySQL Redis SQLite MongoDB Cassandra DynamoDB ClickHouse MariaDB CockroachDB InfluxDB".split()
TEST_TOOLS = "pytest Jest Mocha JUnit Vitest Cypress Playwright Selenium RSpec k6 Gatling".split()
CI_TOOLS = "Jenkins CircleCI Buildkite TeamCity Travis Drone Bazel Tekton".split()
WORDS = "hello ready unknown default guest anonymous primary tmp draft none admin public legacy shared".split()


def word(r: Random) -> str:
    return r.choice([r.choice(WORDS), n.syllables(r, 2), f"{n.syllables(r, 1)}-{r.choice(n.WORDS)}"])


def cron(r: Random) -> str:
    return (
        f"{r.choice(['0', '*/5', '*/15', str(r.randint(1, 59))])} {r.choice(['*', str(r.randint(0, 23))])} * * "
        + str(r.choice(["*", r.randint(0, 6)]))
    )


def route(r: Random) -> str:
    return f"{r.choice('GET POST PUT DELETE PATCH'.split())} {url_path(r)}"


def url_path(r: Random) -> str:
    return r.choice(["/", "/api/", "/v1/", "/v2/"]) + r.choice(
        [r.choice(n.WORDS), n.syllables(r, 2), f"{r.choice(n.WORDS)}/{n.syllables(r, 1)}", f"{n.syllables(r, 1)}/:id"]
    )


def branch(r: Random) -> str:
    return f"{r.choice(BRANCHES)}/{r.choice(n.WORDS)}-{n.syllables(r, 1)}"


def date(r: Random) -> str:
    day, month = r.randint(1, 28), r.choice(MONTHS)
    return r.choice(
        [f"{n.year(r)}-{r.randint(1, 12):02}-{day:02}", f"{day} {month}", f"{month} {day}", f"{month} {n.year(r)}"]
    )


def clock(r: Random) -> str:
    return f"{r.randint(0, 23):02}:{r.choice(['00', '15', '30', '45'])}" + r.choice(["", "", " UTC"])


def money(r: Random) -> str:
    amount = r.choice([r.randint(2, 999), r.randint(1, 90) * 1000])
    return r.choice([f"${amount:,}", f"€{amount}", f"{amount} USD", f"{amount} euros", f"${r.randint(1, 90)} million"])


def bytes_(r: Random) -> str:
    return r.choice(
        [n.size(r), f"{2 ** r.randint(4, 16)} bytes", f"{r.randint(1, 64)}{r.choice(['k', 'Mi', 'Gi', 'MB'])}"]
    )


def non_ascii(r: Random) -> str:
    return r.choice(NON_ASCII) + r.choice(["", f" {n.syllables(r, 1).capitalize()}", f"-{n.syllables(r, 2)}"])


def host(r: Random) -> str:
    return f"{r.choice([r.choice(n.WORDS), n.syllables(r, 2)])}.{r.choice(['internal', 'local', 'svc', 'corp'])}"


def host_port(r: Random) -> str:
    return f"{r.choice(['localhost', '127.0.0.1', host(r), host(r), n.syllables(r, 2)])}:{n.port(r)}"


def address(r: Random) -> str:
    return ".".join(str(r.randint(1, 254)) for _ in range(4))


def glob(r: Random) -> str:
    return r.choice(["**/*.", "src/**/*.", "*.", f"{r.choice(n.WORDS)}/*."]) + r.choice(
        "ts py go rs md json sql log".split()
    )


def sha(r: Random) -> str:
    return "".join(r.choice("0123456789abcdef") for _ in range(r.choice([7, 7, 8, 10])))


def boolean(r: Random) -> str:
    return r.choice(["true", "false", "enabled", "disabled"])


def semver(r: Random) -> str:
    return r.choice(["^", "~", ">=", "", "<"]) + f"{r.randint(0, 24)}.{r.randint(0, 30)}.{r.randint(0, 20)}"


def hex_color(r: Random) -> str:
    return "#" + "".join(r.choice("0123456789abcdef") for _ in range(r.choice([3, 6, 6])))


def floor(r: Random) -> str:
    return r.choice("first second third fourth fifth sixth seventh eighth ninth tenth".split())


def channel(r: Random) -> str:
    return "#" + r.choice([r.choice(n.WORDS), f"{r.choice(n.WORDS)}-{n.syllables(r, 1)}", n.syllables(r, 2)])


def email(r: Random) -> str:
    return f"{r.choice([n.syllables(r, 2), r.choice(n.WORDS)])}@{n.syllables(r, 2)}.{r.choice(['com', 'io', 'org'])}"


def ticket(r: Random) -> str:
    return f"{r.choice('OPS INC JIRA BUG PLAT WEB CORE'.split())}-{r.randint(2, 4999)}"


def adr(r: Random) -> str:
    return f"{r.choice(['ADR', 'RFC', 'ADR'])} {r.randint(2, 499)}"


def topic(r: Random) -> str:
    return f"{r.choice(n.WORDS)}.{r.choice([n.syllables(r, 1), 'created', 'deleted', 'changed', 'failed', 'v2'])}"


def table(r: Random) -> str:
    return r.choice(
        [f"{r.choice(n.WORDS)}_{n.syllables(r, 1)}", f"{n.syllables(r, 2)}_{r.choice(['log', 'items', 'meta'])}"]
    )


def column(r: Random) -> str:
    return (
        f"{r.choice([n.syllables(r, 1), r.choice(n.WORDS)])}_{r.choice('id at by key name hash status code'.split())}"
    )


def flag(r: Random) -> str:
    return r.choice(
        [
            f"enable-{r.choice(n.WORDS)}-{n.syllables(r, 1)}",
            f"new_{r.choice(n.WORDS)}_{n.syllables(r, 1)}",
            f"use-{n.syllables(r, 2)}",
        ]
    )


def option(r: Random) -> str:
    return f"--{r.choice([n.syllables(r, 2), r.choice(n.WORDS), f'{r.choice(n.VERBS)}-{r.choice(n.WORDS)}'])}"


def command(r: Random) -> str:
    return f"{r.choice('make npm cargo just go yarn kubectl'.split())} {r.choice(n.VERBS)}-{n.syllables(r, 2)}"


def package(r: Random) -> str:
    return r.choice(
        [
            f"@{n.syllables(r, 2)}/{r.choice(n.WORDS)}",
            f"{n.syllables(r, 2)}-{r.choice(n.WORDS)}",
            f"lib{n.syllables(r, 2)}",
        ]
    )


def key(r: Random) -> str:
    return r.choice(
        [
            f"Ctrl+{r.choice('BDEGHJKLMP')}",
            f"Cmd+Shift+{r.choice('BDEGHJKLMP')}",
            f"F{r.randint(2, 12)}",
            f"Alt+{r.choice('BDEGHJKLMP')}",
        ]
    )


def pixels(r: Random) -> str:
    return f"{r.choice([r.randint(2, 64), r.randint(30, 200) * 8])}{r.choice(['px', 'px', ' px', 'rem'])}"


def rate(r: Random) -> str:
    return f"{n.integer(r)} {r.choice(['requests per second', 'rps', 'requests per minute', 'writes per second'])}"


def per_unit(r: Random) -> str:
    return (
        f"{n.integer(r)} {r.choice('users nodes rows items files messages connections threads workers days'.split())}"
    )


def exit_code(r: Random) -> str:
    return str(r.randint(2, 255))


def http_status(r: Random) -> str:
    return str(
        r.choice([200, 201, 202, 204, 301, 302, 304, 400, 401, 403, 404, 409, 410, 422, 429, 500, 502, 503, 504])
    )


MAKERS: dict[str, Maker] = {
    **SUBJECT,
    "person": n.mixed(n.person, n.person, n.person, n.person, non_ascii),
    "team": n.team,
    "owner": n.owner,
    "file": n.path,
    "path": n.path,
    "env": n.env,
    "identifier": n.identifier,
    "error": n.error,
    "result": n.result,
    "integer": n.integer,
    "port": n.port,
    "duration": n.duration,
    "size": bytes_,
    "version": n.version,
    "semver": semver,
    "year": n.year,
    "percent": n.percent,
    "url": n.url,
    "count": n.count,
    "city": n.one_of(n.CITIES),
    "country": n.one_of(COUNTRIES),
    "place": n.mixed(n.one_of(n.CITIES), n.one_of(COUNTRIES)),
    "region": n.mixed(n.one_of(n.REGIONS), n.one_of(n.REGIONS), n.one_of(n.CITIES)),
    "tool": n.one_of(n.TOOLS),
    "language": n.one_of(LANGUAGES),
    "database": n.one_of(DATABASES),
    "broker": n.one_of(BROKERS),
    "test_tool": n.one_of(TEST_TOOLS),
    "ci_tool": n.one_of(CI_TOOLS),
    "license": n.one_of(n.LICENSES),
    "color": n.mixed(n.one_of(n.COLORS), n.one_of(n.COLORS), hex_color),
    "hex": hex_color,
    "mode": n.one_of(n.MODES),
    "schedule": n.mixed(cron, n.one_of("weekly daily monthly nightly hourly".split()), clock, n.one_of(DAYS)),
    "cron": cron,
    "day": n.one_of(DAYS),
    "month": n.one_of(MONTHS),
    "date": date,
    "time": clock,
    "zone": n.one_of(ZONES),
    "locale": n.one_of(LOCALES),
    "log_level": n.one_of(LOG_LEVELS),
    "mime": n.one_of(MIME),
    "protocol": n.one_of(PROTOCOLS),
    "cipher": n.one_of(CIPHERS),
    "auth": n.one_of(AUTH),
    "algorithm": n.one_of(ALGORITHMS),
    "font": n.one_of(FONTS),
    "status": n.one_of(STATUSES),
    "instance": n.one_of(INSTANCES),
    "distro": n.one_of(DISTROS),
    "word": word,
    "literal": n.mixed(word, n.integer, boolean, n.one_of(["null", "None", "undefined", "nil"])),
    "route": route,
    "url_path": url_path,
    "branch": branch,
    "money": money,
    "non_ascii": non_ascii,
    "host": n.mixed(host, address),
    "host_port": host_port,
    "address": address,
    "glob": glob,
    "sha": sha,
    "boolean": boolean,
    "floor": floor,
    "channel": channel,
    "email": email,
    "ticket": ticket,
    "adr": adr,
    "topic": topic,
    "table": table,
    "column": column,
    "flag": flag,
    "option": option,
    "command": command,
    "package": package,
    "key": key,
    "pixels": pixels,
    "rate": rate,
    "per_unit": per_unit,
    "exit_code": exit_code,
    "http_status": http_status,
}

# Makers of names, which belong to one split each.
NAMES = frozenset(
    "company service code any person team owner file path env identifier error result url non_ascii topic table column "
    "flag option command package channel email branch host route url_path host_port".split()
)

# Open attributes give their own kind of value, named after the noun's last word.
MAKERS |= {f"@{head}": make for head, make in HEAD.items()}
NAMES |= {f"@{head}" for head, make in HEAD.items() if make in n.NAMED}

# What kind of question a value answers. Between two families, no question of one is answered by a fact of the other.
FAMILIES = {
    "who": "person team owner email channel company @owner @lead @manager @contact @architect @director @engineer "
    "@team @partner @vendor @supplier @customer @channel",
    "when": "duration date time day month schedule cron year zone @timeout @interval @delay @schedule @year @window "
    "@lifetime",
    "number": "integer count per_unit rate size percent money port exit_code http_status pixels version semver sha "
    "@limit @size @port @version @release @threshold @rate @quota @budget @count @capacity",
    "look": "color hex font locale license log_level status boolean @color @level @mode @strategy @policy mode",
    "where": "region city place country host host_port address floor url url_path route path file service topic table "
    "@region @city @office @path @file @folder @url @endpoint @host @queue @topic @bucket @branch @database @table",
}
FAMILY = {maker: family for family, makers in FAMILIES.items() for maker in makers.split()}
