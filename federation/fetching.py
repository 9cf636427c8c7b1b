"""Which address may be fetched and which answer is acceptable: pure checks, for whoever does the fetching.

Spec: ActivityPub §3.2.
Spec: FEP-fe34 §Fetching.
Spec: RFC 6890 §2.2.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urljoin

from federation.addresses import document_url, origin, same_origin, wire_url
from federation.errors import ForbiddenAddress, Gone, Missing, TooLarge, Troubled, UnacceptableAnswer
from federation.messages import Answer
from vocab import jsonld
from vocab.errors import VocabError
from vocab.thing import Thing

__all__ = [
    "ACCEPT", "LARGEST_DOCUMENT", "MEDIA_TYPE", "MOST_REDIRECTS", "Address", "Believed", "Network", "Refetch", "acceptable",
    "check_answer", "check_url", "document_url", "is_activity_type", "is_forbidden", "redirect", "same_origin", "wire_url",
]  # fmt: skip

MEDIA_TYPE = "application/activity+json"
PROFILE = "https://www.w3.org/ns/activitystreams"
ACCEPT = f'{MEDIA_TYPE}, application/ld+json; profile="{PROFILE}"'
LARGEST_DOCUMENT = 1_048_576
MOST_REDIRECTS = 3

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_NEVER_IPV4 = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_ONLY_IPV6 = ipaddress.IPv6Network("2000::/3")
_NEVER_IPV6 = tuple(
    ipaddress.IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)

# Names that never mean a server of the public network.
_PRIVATE_NAMES = ("localhost", "local", "onion", "internal", "invalid", "home.arpa", "i2p", "lan")
_LOWEST_FREE_PORT = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """A document that its own origin vouches for: `iri` is its id and the address it came from."""

    iri: str
    thing: Thing
    document: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Refetch:
    """The document says that it is `url`, on the same origin: ask there, once, and call `acceptable` with `is_second`."""

    url: str


def check_url(url: str, *, allow_http: bool = False) -> None:
    """Whether an address may be contacted at all, before its name is resolved; raises ForbiddenAddress.

    https only (http too when `allow_http`, for trials on one machine, which also lets private names through), a clean public
    host, no user name, a port of 80, 443 or 1024–65535, at most 2,048 characters.
    """
    place = origin(url)
    if place is None:
        raise ForbiddenAddress(f"This is not an address that may be contacted: {url[:200]!r}")
    if place.scheme != "https" and not allow_http:
        raise ForbiddenAddress(f"Only https is contacted, not {place}")
    if place.port < _LOWEST_FREE_PORT and place.port not in {80, 443}:
        raise ForbiddenAddress(f"Port {place.port} is not one that a web server uses")
    if not allow_http and any(place.host == name or place.host.endswith(f".{name}") for name in _PRIVATE_NAMES):
        raise ForbiddenAddress(f"{place.host} is not a public name")


def is_forbidden(address: Address | str, allowed_networks: Sequence[Network] = ()) -> bool:
    """Whether an address is never to be connected to, unless one of `allowed_networks` holds it.

    Call it with the very address about to be connected to. What is no address is forbidden.
    """
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return True
    mapped = place.ipv4_mapped if isinstance(place, ipaddress.IPv6Address) else None
    judged: Address = mapped or place
    if any(judged in network for network in allowed_networks if network.version == judged.version):
        return False
    if isinstance(judged, ipaddress.IPv4Address):
        return any(judged in network for network in _NEVER_IPV4)
    return judged not in _ONLY_IPV6 or any(judged in network for network in _NEVER_IPV6)


def is_activity_type(content_type: str) -> bool:
    """Whether a Content-Type names an ActivityPub document; parameters such as charset are tolerated.

    application/activity+json, or application/ld+json whose profile names ActivityStreams.
    """
    media_type, _, parameters = content_type.partition(";")
    media_type = media_type.strip().lower()
    if media_type == MEDIA_TYPE:
        return True
    if media_type != "application/ld+json":
        return False
    pairs = (parameter.partition("=") for parameter in parameters.split(";"))
    return any(name.strip().lower() == "profile" and PROFILE in value.strip().strip('"').split() for name, _, value in pairs)


def check_answer(answer: Answer) -> None:
    """Whether an answer is an ActivityPub document at all.

    Raises Gone (410), Missing (404), Troubled (try later: 401, for our key may have been out of their reach for a moment, 408,
    425, 429, 5xx), TooLarge or UnacceptableAnswer.
    """
    if answer.status in {404, 410}:
        kind = Missing if answer.status == 404 else Gone  # noqa: PLR2004 -- not found
        raise kind(f"{answer.url} answered {answer.status}")
    if answer.status in {401, 408, 425, 429} or answer.status >= 500:  # noqa: PLR2004 -- the statuses of a server in trouble
        raise Troubled(f"{answer.url} answered {answer.status}")
    if answer.status != 200:  # noqa: PLR2004 -- OK
        raise UnacceptableAnswer(f"{answer.url} answered {answer.status}")
    if not is_activity_type(answer.value("content-type")):
        raise UnacceptableAnswer(f"{answer.url} is {answer.value('content-type')[:100] or 'of no type'}, not ActivityPub")
    if len(answer.body) > LARGEST_DOCUMENT:
        raise TooLarge(f"{answer.url} is larger than {LARGEST_DOCUMENT} bytes")


def acceptable(answer: Answer, asked: str, *, is_second: bool = False) -> Believed | Refetch:
    """What an answer to a fetch of `asked` is worth: believed only when the document's id is the address it came from.

    Refetch when the id is another one of the same origin, once (`is_second` forbids it). Raises Gone, Unreachable, TooLarge
    or UnacceptableAnswer.
    """
    check_answer(answer)
    if not same_origin(answer.url, asked):
        raise UnacceptableAnswer(f"{asked} led to another server: {answer.url}")
    try:
        thing = jsonld.read(answer.body)
    except VocabError as problem:
        raise UnacceptableAnswer(f"{answer.url}: {problem}") from problem
    if thing.id and thing.id in {asked, document_url(answer.url)}:
        return Believed(iri=thing.id, thing=thing, document=answer.body)
    if not is_second and same_origin(thing.id, answer.url):
        return Refetch(url=thing.id)
    raise UnacceptableAnswer(f"{answer.url} claims to be {thing.id[:200] or 'nothing'}")


def redirect(answer: Answer, asked: str, hops: int, *, allow_http: bool = False, may_leave: bool = False) -> str | None:
    """Where an answer sends us next, None when it is no redirect; `hops` is how many redirects were followed before.

    At most 3; only within the origin unless `may_leave` (never for ActivityPub documents, never with a signature made for the
    first address). Raises UnacceptableAnswer or ForbiddenAddress.
    """
    if answer.status not in {301, 302, 303, 307, 308}:
        return None
    if hops >= MOST_REDIRECTS:
        raise UnacceptableAnswer(f"{asked} redirects more than {MOST_REDIRECTS} times")
    try:
        target = urljoin(answer.url, answer.value("location"))
    except ValueError as problem:
        raise UnacceptableAnswer(f"{asked} redirects to something that is no address") from problem
    check_url(target, allow_http=allow_http)
    if not may_leave and not same_origin(target, asked):
        raise UnacceptableAnswer(f"{asked} redirects to another server: {target}")
    return target
