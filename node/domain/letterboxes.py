"""The box where letters for us lie, as a form tells it: by the name of the company, or by its server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from node.domain.letters import Mailbox, is_address
from node.domain.mailing import HIGHEST_PORT, SECURITIES

#: Name of the company → host; all of them speak TLS from the start. Those that let no program in by a password are left out.
COMPANIES: Mapping[str, str] = {
    "Fastmail": "imap.fastmail.com",
    "Gandi": "mail.gandi.net",
    "Google": "imap.gmail.com",
    "Infomaniak": "mail.infomaniak.com",
    "OVH": "ssl0.ovh.net",
    "Zoho": "imap.zoho.com",
}
LIMITS: Mapping[str, int] = {"adresse": 254, "serveur": 253, "nom": 254, "secret": 500, "dossier": 100}
_LONGEST_NAME = 30
#: What would end a word of the conversation with the server.
_ODD = re.compile(r'[\x00-\x20\x7f"\\(){}]')
_PORTS: Mapping[str, int] = {"tls": 993, "starttls": 143, "none": 143}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBox:
    """A box as a form tells it, and what is wrong by field, each with a short word (none when it can be tried)."""

    box: Mailbox
    wrong: Mapping[str, str]


def told_box(fields: Mapping[str, str], known: Mailbox | None) -> ToldBox:
    """The box that a form says; a password that is left empty stays the one that is known for that server."""
    said = {name: value.strip() for name, value in fields.items()}
    company = COMPANIES.get(said.get("hebergeur", ""))
    host, security = company or said.get("serveur", ""), "tls" if company else said.get("securite", "tls")
    port = _PORTS["tls"] if company else _port(said.get("port", ""), security)
    address = said.get("adresse", "")
    user, folder = said.get("nom", "") or address, said.get("dossier", "") or "INBOX"
    password = fields.get("secret", "") or (known.password if known and (known.host, known.user) == (host, user) else "")
    box = Mailbox(host=host, port=port, security=security, user=user, password=password, folder=folder, address=address)
    wrong = {name: word for name, (word, is_so) in _faults(box).items() if is_so}
    return ToldBox(box=box, wrong=wrong | {name: "long" for name, most in LIMITS.items() if len(fields.get(name, "")) > most})


def _faults(box: Mailbox) -> Mapping[str, tuple[str, bool]]:
    """By field: the word for what may be wrong, and whether it is."""
    return {
        "adresse": ("receiving", not _may_grow(box.address)),
        "serveur": ("empty", not box.host or _ODD.search(box.host) is not None),
        "nom": ("name", _ODD.search(box.user) is not None),
        "secret": ("empty", not box.password or not box.password.isprintable()),
        "dossier": ("folder", not box.folder.isascii() or _ODD.search(box.folder.replace(" ", "")) is not None),
        "port": ("port", not 0 < box.port <= HIGHEST_PORT),
        "securite": ("security", box.security not in SECURITIES),
    }


def _may_grow(address: str) -> bool:
    """Whether a secret fits behind the name in an address: at most 64 characters stand before the @."""
    name = address.partition("@")[0]
    return is_address(address) and "+" not in name and len(name) <= _LONGEST_NAME


def company_of(box: Mailbox) -> str:
    """The company whose server this is, "" for any other."""
    return next((name for name, host in COMPANIES.items() if host == box.host), "")


def _port(said: str, security: str) -> int:
    if not said:
        return _PORTS.get(security, 0)
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= len(str(HIGHEST_PORT)) else 0
