"""Addresses: their origin, compared so that doubt means no, their host as block lists spell it, and how they go over the wire.

Spec: FEP-fe34 §Origin-based security.
Spec: RFC 6454 §5.
Spec: RFC 5891 §4.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, quote, urldefrag, urlsplit

import idna

from federation.errors import ForbiddenAddress

#: Longest id, in characters.
LONGEST_IRI = 2048

DEFAULT_PORTS = {"http": 80, "https": 443}

# What no address may contain: controls, spaces, line ends, and the backslash that browsers read as a slash.
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
_BEFORE_PATH = re.compile(r"[^:/?#]+://[^/?#]*")
_LABEL = "(?!-)[a-z0-9_-]{1,63}(?<!-)"
_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_LOOKS_NUMERIC = re.compile(r"^(0x[0-9a-f]*|[0-9]+)$")


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host (lower case, punycode) and port of an address."""

    scheme: str
    host: str
    port: int

    @property
    def authority(self) -> str:
        """Host, with the port when it is not the scheme's own; an IPv6 address in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}"


def origin(iri: str) -> Origin | None:
    """The origin of an http(s) address; None for everything that has none or is not written cleanly.

    Not clean: user names, trailing dots, numbers that are not dotted quads, control characters, more than 2,048 characters.
    """
    return _known_origin(iri) if len(iri) <= LONGEST_IRI else None


@lru_cache(maxsize=4096)
def _known_origin(iri: str) -> Origin | None:
    if _FORBIDDEN.search(iri):
        return None
    return _origin(without_path(iri))


@lru_cache(maxsize=4096)
def _origin(start: str) -> Origin | None:
    """The origin of an address without its path: few, where addresses are many."""
    try:
        parts = urlsplit(start)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or "@" in parts.netloc or port == 0:
        return None
    host = _host(parts)
    return Origin(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme]) if host else None


def without_path(iri: str) -> str:
    """An address up to its path, as it is written; "" for what does not begin as one. Nothing is checked."""
    found = _BEFORE_PATH.match(iri)
    return found.group() if found is not None else ""


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses share scheme, host and port; False when either has no origin."""
    left = origin(one)
    return left is not None and left == origin(other)


def host_of(iri: str) -> str:
    """The host of an http(s) address as block lists spell it: lower case, punycode, without trailing dot; "" when none.

    Forgiving where `origin` is not, so that an odd spelling of a blocked host is still that host.
    """
    try:
        name = urlsplit(iri.strip()[:LONGEST_IRI]).hostname or ""
    except ValueError:
        return ""
    return plain_host(name)


def plain_host(name: str) -> str:
    """A host name in lower case and punycode (IDNA 2008), an address in its shortest form; "" when it is no host name."""
    return _known_host(name) if len(name) <= LONGEST_IRI else ""


@lru_cache(maxsize=4096)
def _known_host(name: str) -> str:
    name = name.strip().rstrip(".").lower()
    try:
        address = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return _plain_name(name)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


@lru_cache(maxsize=4096)  # what is too long raises, and is not kept
def wire_url(url: str) -> str:
    """The address as it goes over the wire: pure ASCII, without fragment, nothing else changed.

    Sign and send this very text; a client that quotes again breaks the signature. Raises ForbiddenAddress.
    """
    place = origin(url)
    if place is None:
        raise ForbiddenAddress(f"This is not an address that may be contacted: {url[:200]!r}")
    parts = urlsplit(urldefrag(url).url)
    keep = "%/:?#[]@!$&'()*+,;=~"
    query = f"?{quote(parts.query, safe=keep)}" if parts.query else ""
    wire = f"{place}{quote(parts.path, safe=keep) or '/'}{query}"
    if len(wire) > LONGEST_IRI:
        raise ForbiddenAddress("This address is too long")
    return wire


def document_url(iri: str) -> str:
    """Where the document that describes `iri` is: the address without its fragment."""
    return urldefrag(iri).url


def _host(parts: SplitResult) -> str:
    """The host of a split address in canonical spelling, "" when it is none or is written in a way that hides what it is."""
    name = (parts.hostname or "").lower()
    if not name or unicodedata.normalize("NFKC", name).endswith((".", "\u3002")):
        return ""
    if "[" in parts.netloc:
        is_whole = re.fullmatch(r"\[[0-9a-f:.]+\](:[0-9]*)?", parts.netloc.lower())
        return str(ipaddress.IPv6Address(name)) if is_whole and _is_address(name) else ""
    plain = _plain_name(name)
    # The last label of a name is never a number: 127.1, 0x7f.1 and 2130706433 are addresses in disguise.
    if _LOOKS_NUMERIC.match(plain.rpartition(".")[2]):
        return plain if _is_address(plain) and plain == name else ""
    return plain


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text


def _plain_name(name: str) -> str:
    if not name or len(name) > 253:  # noqa: PLR2004 -- the longest domain name there can be (RFC 1035)
        return ""
    if name.isascii() and "xn--" not in name:
        return name if _NAME.fullmatch(name) else ""
    try:
        return idna.encode(name, uts46=True).decode("ascii").lower().rstrip(".")
    except (idna.IDNAError, UnicodeError):
        return ""
