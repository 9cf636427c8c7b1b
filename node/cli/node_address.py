"""The address that a new node gets: in the one spelling that everybody compares it by, for it is part of every identifier."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from node.errors import Invalid

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LONGEST_NAME = 253
_USUAL_PORTS = {"http": 80, "https": 443}


def node_address(said: str) -> str:
    """The address that somebody said, without what surrounds it; raises Invalid with the spelling that is wanted."""
    text = said.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        port, host = parts.port, _host(parts)
    except ValueError as problem:
        raise _refusal(said) from problem
    if not host or port == 0 or _rest(parts) or any(not character.isprintable() or character.isspace() for character in text):
        raise _refusal(said)
    is_usual = port is None or port == _USUAL_PORTS[parts.scheme]
    spelt = f"{parts.scheme}://{host}{'' if is_usual else f':{port}'}"
    if spelt != text:
        raise Invalid(f"write the address of the node as {spelt}: it is part of every identifier, in this one spelling")
    return text


def _rest(parts: SplitResult) -> bool:
    """Whether anything stands in it that the address of a node has not."""
    is_web = parts.scheme in _USUAL_PORTS
    return bool(not is_web or parts.path or parts.query or parts.fragment or "@" in parts.netloc)


def _host(parts: SplitResult) -> str:
    """The host as it is compared, "" for what is none; raises ValueError."""
    name = (parts.hostname or "").rstrip(".")
    if parts.netloc.startswith("["):
        return f"[{ip_address(name)}]"
    spelt = name.encode("idna").decode() if name and not name.isascii() else name
    is_host = len(spelt) <= _LONGEST_NAME and all(map(_LABEL.fullmatch, spelt.split(".")))
    return spelt if is_host else ""


def _refusal(said: str) -> Invalid:
    shown = f"{said[:100]}…" if len(said) > 100 else said  # noqa: PLR2004 -- enough to recognise it
    return Invalid(f"{shown!r} cannot be the address of a node, which has no path: write it as in https://savoirs.example")
