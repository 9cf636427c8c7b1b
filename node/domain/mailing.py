"""Mail servers as people know them: by the name of the company; and what a form of one says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from node.domain.letters import Postbox, is_address

#: Name of the company → host, port, security. Whoever is not in the list writes the name of the server.
PRESETS: Mapping[str, tuple[str, int, str]] = {
    "Brevo": ("smtp-relay.brevo.com", 587, "starttls"),
    "Fastmail": ("smtp.fastmail.com", 465, "tls"),
    "Gandi": ("mail.gandi.net", 465, "tls"),
    "Google": ("smtp.gmail.com", 465, "tls"),
    "Infomaniak": ("mail.infomaniak.com", 465, "tls"),
    "Mailgun": ("smtp.mailgun.org", 465, "tls"),
    "Microsoft 365": ("smtp.office365.com", 587, "starttls"),
    "OVH": ("ssl0.ovh.net", 465, "tls"),
    "Zoho": ("smtp.zoho.com", 465, "tls"),
}
#: Addresses that tell by themselves which company it is.
_BY_ADDRESS: Mapping[str, str] = {
    "gmail.com": "Google", "googlemail.com": "Google", "fastmail.com": "Fastmail", "fastmail.fm": "Fastmail",
    "ik.me": "Infomaniak", "zoho.com": "Zoho", "zohomail.com": "Zoho",
}  # fmt: skip
SECURITIES = ("tls", "starttls", "none")
#: In place of one of these: whichever works, tried in this order.
AUTO = "auto"
_TRIED = ((465, "tls"), (587, "starttls"))
HIGHEST_PORT = 65_535
LIMITS: Mapping[str, int] = {"serveur": 253, "nom": 254, "secret": 500, "expediteur": 254, "essai": 254}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A mail server as a form tells it, and what is wrong by field, each with a short word (none when it can be tried).

    `others` are the same server reached otherwise, to be tried one after the other where nobody has said how.
    """

    postbox: Postbox
    wrong: Mapping[str, str]
    others: tuple[Postbox, ...] = ()


def told(fields: Mapping[str, str], known: Postbox | None) -> Told:
    """The mail server that a form says; a password that is left empty stays the one that is known."""
    user, sender = fields.get("nom", "").strip(), fields.get("expediteur", "").strip()
    host, ways = _ways(fields, sender or user)
    port, security = ways[0]
    is_same = known is not None and known.host == host
    password = fields.get("secret", "") or (known.password if known is not None and is_same else "")
    sender = sender or (user if "@" in user else "")
    wrong = {name: "long" for name, most in LIMITS.items() if len(fields.get(name, "")) > most}
    if not host or " " in host:
        wrong["serveur"] = "empty"
    if not 0 < port <= HIGHEST_PORT:
        wrong["port"] = "port"
    if security not in SECURITIES:
        wrong["securite"] = "security"
    if not is_address(sender):
        wrong["expediteur"] = "address"
    if fields.get("essai", "").strip() and not is_address(fields["essai"].strip()):
        wrong["essai"] = "address"
    postbox = Postbox(host=host, port=port, security=security, user=user, password=password, sender=sender)
    others = tuple(replace(postbox, port=port, security=security) for port, security in ways[1:])
    return Told(postbox=postbox, wrong=wrong, others=others)


def _ways(fields: Mapping[str, str], address: str) -> tuple[str, Sequence[tuple[int, str]]]:
    """The server, and the ways to reach it, the likeliest first."""
    said, security = fields.get("serveur", "").strip(), fields.get("securite", AUTO)
    preset = PRESETS.get(fields.get("hebergeur", "")) or (None if said else _known(address))
    if preset is not None:
        return preset[0], [preset[1:]]
    if security != AUTO:
        return said, [(_port(fields), security)]
    port = _port(fields) if fields.get("port", "").strip() else None
    return said, _TRIED if port is None else [(port, dict(_TRIED).get(port, "starttls"))]


def _known(address: str) -> tuple[str, int, str] | None:
    """The server of the company whose address this is, None where that does not tell."""
    return PRESETS.get(_BY_ADDRESS.get(address.rpartition("@")[2].lower(), ""))


def preset_of(postbox: Postbox) -> str:
    """The company whose server this is, "" for any other."""
    return next((name for name, (host, _, _) in PRESETS.items() if host == postbox.host), "")


def _port(fields: Mapping[str, str]) -> int:
    said = fields.get("port", "").strip()
    if not said:
        return 587 if fields.get("securite") == "starttls" else 465
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= len(str(HIGHEST_PORT)) else 0
