"""What the values of settings must be to make sense: each refusal names the setting and says what to write."""

from __future__ import annotations

import math
import re
from dataclasses import fields
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from node.errors import Invalid

if TYPE_CHECKING:
    from node.config import Settings

SECURITY = ("tls", "starttls", "none")
MODES = ("archipelago", "friends", "open")
LANGUAGES = ("fr", "en")
#: A request that waits for others to be answered must come to its end within the thirty seconds that it has.
LONGEST_QUESTION = 6.0
#: The largest values that make sense; numbers without one may be as large as the machine bears.
_MOST = {"mail.port": 65_535, "mail.inbound.port": 65_535, "sparql.seconds": LONGEST_QUESTION}
#: Numbers that may be 0; all others are more.
_NONE_AT_ALL = frozenset({"sparql.waiting"})
#: A name short enough for a secret to be added to it: at most 64 characters stand before the @.
_INBOUND = re.compile(r"[A-Za-z0-9._-]{1,30}@[A-Za-z0-9.-]{1,200}")
_NO_ADDRESS = "node.url must be an address without a path, such as https://savoirs.example"
_DATABASE = "postgresql://USER:PASSWORD@HOST:5432/NAME"


def check_numbers(name: str, section: Any) -> None:  # noqa: ANN401 -- any section
    """Raises Invalid for a number that no node could work with."""
    for entry in fields(section):
        label, value = f"{name}.{entry.name}", getattr(section, entry.name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        most, is_enough = _MOST.get(label, math.inf), value >= 0 if label in _NONE_AT_ALL else value > 0
        if not is_enough or value > most or not math.isfinite(value):
            least = "0 or more" if label in _NONE_AT_ALL else "more than 0"
            raise Invalid(f"{label} must be {least}{f' and {most:.0f} at most' if most < math.inf else ''}, not {value}")


def check_together(settings: Settings) -> None:
    """Raises Invalid for what is said of who the node is, its database and whom it deals with."""
    _check_url(settings)
    _one_of("node.language", settings.node.language, LANGUAGES)
    _one_of("federation.mode", settings.federation.mode, MODES)
    for label, networks in (
        ("server.trusted_proxies", settings.server.trusted_proxies),
        ("federation.allow_addresses", settings.federation.allow_addresses),
    ):
        _check_networks(label, networks)
    if settings.database.url:
        _check_database(settings.database.url)


def check_mail(settings: Settings) -> None:
    """Raises Invalid for what is said of letters."""
    mail, inbound = settings.mail, settings.mail_inbound
    _one_of("mail.security", mail.security, SECURITY)
    _one_of("mail.inbound.security", inbound.security, SECURITY)
    if mail.host and "@" not in mail.sender:
        raise Invalid("mail.sender must be the address that letters come from, such as maillage@savoirs.example")
    if (inbound.address or inbound.host) and not _INBOUND.fullmatch(inbound.address):
        raise Invalid("mail.inbound.address must be an address with a short name and without +, such as partage@savoirs.example")


def _check_url(settings: Settings) -> None:
    url = _parts(settings.node.url)
    if settings.node.url and (url.scheme not in {"http", "https"} or not url.hostname or url.path or url.query):
        raise Invalid(_NO_ADDRESS)
    if url.scheme == "http" and not settings.federation.allow_http:
        raise Invalid("node.url must begin with https:// (or set federation.allow_http = true for a trial on one machine)")


def _parts(text: str) -> SplitResult:
    """The parts of an address; raises Invalid for what has none, or a port that none is."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as problem:
        raise Invalid(_NO_ADDRESS) from problem
    return parts


def _check_networks(label: str, networks: tuple[str, ...]) -> None:
    for network in networks:
        try:
            ip_network(network, strict=False)
        except ValueError as problem:
            raise Invalid(f"{label}: {network!r} is no network; write it as in 127.0.0.1/32") from problem


def _check_database(url: str) -> None:
    if not url.startswith(("postgresql://", "postgresql+psycopg://")):
        raise Invalid("database.url must begin with postgresql:// (leave it empty for the SQLite file in the data folder)")
    try:
        _ = urlsplit(url).port
    except ValueError as problem:
        raise Invalid(f"database.url cannot be read: write {_DATABASE}, marks in the password as %40 for @") from problem


def _one_of(label: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise Invalid(f"{label} must be one of {', '.join(known)}, not {value!r}")
