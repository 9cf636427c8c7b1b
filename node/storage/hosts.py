"""Names of servers as they are compared: lower case, punycode, no trailing dot, the port only when it is not the usual one."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from federation.addresses import LONGEST_IRI, plain_host, without_path

USUAL_PORTS = {"https": "443", "http": "80"}


def normal(host: str) -> str:
    """The one spelling of a host (with port, if any): a name in punycode, an IPv4 address written as IPv6 as what it is."""
    whole = host.strip().lower()
    if whole.startswith("["):
        name, _, port = whole[1:].partition("]")
        port = port.removeprefix(":")
    else:
        name, _, port = whole.partition(":")
    plain = plain_host(name) or name.rstrip(".")
    plain = f"[{plain}]" if ":" in plain else plain
    return f"{plain}:{port}" if port else plain


def host_of(iri: str) -> str:
    """The host of an address, "" when it has none."""
    start = without_path(iri) or iri
    return _host_of(start) if len(start) <= LONGEST_IRI else ""


@lru_cache(maxsize=2048)
def _host_of(start: str) -> str:
    """The same of an address without its path: few, where addresses are many."""
    try:
        parts = urlsplit(start)
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    usual = f":{USUAL_PORTS.get(parts.scheme, '')}"
    return normal(host.removesuffix(usual) if len(usual) > 1 else host)


def above(host: str) -> list[str]:
    """A host without its port, and the domains it lies in: every name whose block covers it."""
    whole = normal(host)
    name = whole.partition("]")[0] + "]" if "[" in whole else whole.partition(":")[0]
    labels = name.split(".")
    return list(dict.fromkeys([whole, *(".".join(labels[start:]) for start in range(len(labels)))]))
