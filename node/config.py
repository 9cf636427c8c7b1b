"""Settings: frozen, read once from maillage.toml and then from MAILLAGE_SECTION__KEY, each field with its default and help."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from node import setting_rules
from node.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSettings:
    """[node]: who this node is."""

    url: str = field(default="", metadata={"help": "Public address of the node, without path: https://savoirs.example"})
    name: str = field(default="", metadata={"help": "Name of the organisation that runs the node"})
    language: str = field(default="fr", metadata={"help": "Language of the interface when the visitor asks for none: fr or en"})
    summary: str = field(default="", metadata={"help": "One sentence about the organisation, shown on the first page"})
    contact: str = field(default="", metadata={"help": "Address of the person responsible, shown on the first page"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """[server]: how it listens."""

    bind: str = field(default="127.0.0.1:8000", metadata={"help": "HOST:PORT to listen on"})
    trusted_proxies: tuple[str, ...] = field(
        default=(), metadata={"help": "Networks of proxies whose X-Forwarded-For is believed"}
    )
    body_limit: int = field(default=1_048_576, metadata={"help": "Largest request body, in bytes"})
    inbox_burst: int = field(default=250, metadata={"help": "So many messages at once are taken from one signing server"})
    inbox_rate: float = field(default=25.0, metadata={"help": "So many messages a second after that"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSettings:
    """[database]: where rows are kept."""

    url: str = field(default="", metadata={"help": "postgresql://… ; empty: the SQLite file maillage.sqlite in the data folder"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FederationSettings:
    """[federation]: whom it deals with."""

    mode: str = field(default="archipelago", metadata={"help": "archipelago (only approved nodes), friends or open"})
    allow_addresses: tuple[str, ...] = field(
        default=(),
        metadata={"help": "Networks that the guard lets through although private. For trials on one machine only"},
    )
    allow_http: bool = field(default=False, metadata={"help": "Accept plain http for remote ids. For trials on one machine only"})
    signed_reads: bool = field(
        default=False, metadata={"help": "Ask for a signature on public documents too; pages for people stay as they are"}
    )
    fetch_seconds: float = field(default=10.0, metadata={"help": "Longest time for one outgoing request, in seconds"})
    document_limit: int = field(default=1_048_576, metadata={"help": "Largest document fetched, in bytes, inflated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """[mail]: the mail server that takes our letters. Empty: as told in the browser, by whoever looks after the node."""

    host: str = field(default="", metadata={"help": "Name of the mail server; empty: as told in the browser"})
    port: int = field(default=465, metadata={"help": "Its port: 465 for tls, 587 for starttls"})
    security: str = field(default="tls", metadata={"help": "tls, starttls or none (on this very machine only)"})
    user: str = field(default="", metadata={"help": "Name to sign in with, when it asks for one"})
    password: str = field(default="", metadata={"help": "Password to sign in with"})
    sender: str = field(default="", metadata={"help": "Address that letters come from: maillage@savoirs.example"})


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundSettings:
    """[mail.inbound]: letters that become resources. `address` alone is enough where a mail server calls `maillage letter`."""

    address: str = field(
        default="",
        metadata={
            "help": "Address to which members write, +SECRET being added before the @: partage@savoirs.example; empty: none"
        },
    )
    host: str = field(default="", metadata={"help": "IMAP server that holds them; empty: a mail server calls maillage letter"})
    port: int = field(default=993, metadata={"help": "Its port: 993 for tls, 143 for starttls"})
    security: str = field(default="tls", metadata={"help": "tls, starttls or none (on this very machine only)"})
    user: str = field(default="", metadata={"help": "Name to sign in with"})
    password: str = field(default="", metadata={"help": "Password to sign in with"})
    folder: str = field(default="INBOX", metadata={"help": "Folder that is emptied: a box for nothing else"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SparqlSettings:
    """[sparql]: the questions that anybody may ask about what is public."""

    enabled: bool = field(default=True, metadata={"help": "Answer questions at /sparql, and keep the index for it in DATA/graph"})
    seconds: float = field(default=5.0, metadata={"help": "Longest time for one question, in seconds; 6 at most"})
    memory: int = field(default=536_870_912, metadata={"help": "Most memory for one question, in bytes"})
    rows: int = field(default=10_000, metadata={"help": "Most rows in one answer"})
    question_limit: int = field(default=10_240, metadata={"help": "Longest question, in bytes"})
    waiting: int = field(default=4, metadata={"help": "So many questions may wait while one is answered"})
    a_minute: int = field(default=30, metadata={"help": "So many questions a minute are taken from one address"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a node. `data` is the folder that holds everything to back up."""

    data: Path
    node: NodeSettings = field(default_factory=NodeSettings)
    server: ServerSettings = field(default_factory=ServerSettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    federation: FederationSettings = field(default_factory=FederationSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    mail_inbound: InboundSettings = field(default_factory=InboundSettings)
    sparql: SparqlSettings = field(default_factory=SparqlSettings)

    @property
    def database_url(self) -> str:
        """The SQLAlchemy address of the database."""
        if self.database.url:
            return self.database.url.replace("postgresql://", "postgresql+psycopg://", 1)
        return f"sqlite:///{self.database_file}"

    @property
    def database_file(self) -> Path:
        """The SQLite file; not used when [database] url is set."""
        return self.data / "maillage.sqlite"


SECTIONS: dict[str, type[Any]] = {
    "node": NodeSettings,
    "server": ServerSettings,
    "database": DatabaseSettings,
    "federation": FederationSettings,
    "mail": MailSettings,
    "mail.inbound": InboundSettings,
    "sparql": SparqlSettings,
}


#: How people write what a setting may be.
_KINDS: dict[object, str] = {
    str: 'a text, "in quotes"',
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    tuple[str, ...]: 'a list of texts, like ["127.0.0.1/32"]',
}


def load(data: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of the node in folder `data`; raises Invalid with one line that names the setting and the remedy."""
    environment = os.environ if environment is None else environment  # noqa: TID251 -- the one place that reads it
    path = data / "maillage.toml"
    try:
        # Some editors begin a file with a mark that TOML does not know.
        given: dict[str, Any] = _flat(tomllib.loads(path.read_text("utf-8-sig")) if path.exists() else {})
    except UnicodeDecodeError as problem:
        raise Invalid(f"{path} is not text in UTF-8; save it as that") from problem
    except tomllib.TOMLDecodeError as problem:
        raise Invalid(
            f"{path} is not valid TOML: {problem}; correct that line: each is a [section], or name = value"
        ) from problem
    _refuse_others(str(path), given)
    environs = _from_environment(environment)
    _refuse_others("MAILLAGE_SECTION__KEY in the environment", environs)
    for section, values in environs.items():
        known = given.setdefault(section, {})
        given[section] = {**known, **values} if isinstance(known, dict) else known
    sections: dict[str, Any] = {_attribute(name): _section(name, kind, given.get(name, {})) for name, kind in SECTIONS.items()}
    return checked(Settings(data=data, **sections))


def checked(settings: Settings) -> Settings:
    """The same settings, when they make sense together; raises Invalid."""
    for name in SECTIONS:
        setting_rules.check_numbers(name, getattr(settings, _attribute(name)))
    setting_rules.check_together(settings)
    setting_rules.check_mail(settings)
    return settings


def _flat(given: dict[str, Any]) -> dict[str, Any]:
    """The same with [mail.inbound] beside [mail]: no section lies in another."""
    mail = given.get("mail")
    inner = mail.pop("inbound", None) if isinstance(mail, dict) else None
    return given if inner is None else {**given, "mail.inbound": inner}


def _refuse_others(place: str, given: Mapping[str, object]) -> None:
    unknown = sorted(set(given) - set(SECTIONS))
    if unknown:
        said = f"{place}: there is no section [{unknown[0]}]; known: {', '.join(SECTIONS)}"
        raise Invalid(said if isinstance(given[unknown[0]], dict) else f"{place}: {unknown[0]!r} stands in no section")


def _attribute(section: str) -> str:
    return section.replace(".", "_")


def _from_environment(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, text in environment.items():
        section, separator, key = name.removeprefix("MAILLAGE_").lower().rpartition("__")
        if not name.startswith("MAILLAGE_") or not separator:
            continue
        try:
            value: Any = tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            value = text
        section = section.replace("__", ".")
        # A name or a password of digits alone is a text all the same.
        is_text = isinstance(_defaults(section).get(key), str) and not isinstance(value, str)
        found.setdefault(section, {})[key] = text if is_text else value
    if environment.get("DATABASE_URL"):
        found.setdefault("database", {}).setdefault("url", environment["DATABASE_URL"])
    return found


def _defaults(section: str) -> dict[str, object]:
    return {entry.name: entry.default for entry in fields(SECTIONS[section])} if section in SECTIONS else {}


def _section(name: str, kind: type[Any], given: object) -> object:
    if not isinstance(given, dict):
        raise Invalid(f"[{name}] must be a section: a line [{name}], and below it lines like name = value")
    hints = get_type_hints(kind) if given else {}  # slow, and most sections stand nowhere
    known = {entry.name for entry in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            raise Invalid(f"[{name}] has no setting {key!r}; known: {', '.join(sorted(known))}")
        values[key] = _value(f"{name}.{key}", hints[key], value)
    return kind(**values)


def _value(label: str, hint: object, value: object) -> object:
    if hint == tuple[str, ...] and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    shown = "" if label.endswith("password") else f", not {value!r}"
    raise Invalid(f"{label} must be {_KINDS[hint]}{shown}")


def example() -> str:
    """The text of deploy/maillage.example.toml: every setting with its help and its default."""
    lines = ["# Generated from node/config.py. Copy to maillage.toml in the data folder; keep the lines that you change."]
    for section, kind in SECTIONS.items():
        lines += ["", f"[{section}]"]
        for entry in fields(kind):
            lines += [f"# {entry.metadata['help']}", f"# {entry.name} = {_toml(entry.default)}"]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def written(settings: Settings) -> str:
    """The text of a maillage.toml that says what differs from the defaults."""
    lines: list[str] = []
    for section, kind in SECTIONS.items():
        given = getattr(settings, _attribute(section))
        changed = [entry for entry in fields(kind) if getattr(given, entry.name) != entry.default]
        if changed:
            lines += [
                f"[{section}]",
                *(f"{entry.name} = {_quoted(getattr(given, entry.name))}" for entry in changed),
                "",
            ]
    return "\n".join(lines)


def _quoted(value: object) -> str:
    # A JSON string is a TOML basic string: the same quoting and the same escapes.
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.stdout.write(example())
