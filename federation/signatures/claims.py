"""What a request says of its signature, before any of it is believed, and the rules that hold for every standard.

Spec: RFC 9421 §3.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from federation.addresses import Origin, origin, wire_url
from federation.errors import BadKey, BadSignature, StaleSignature
from federation.messages import Outgoing, Received
from federation.signatures import keys

OLDEST = timedelta(hours=1)
FURTHEST_AHEAD = timedelta(minutes=5)
LONGEST_LIFE = timedelta(days=1)
LONGEST_HEADER = 8192
_LATEST_SECONDS = 99_999_999_999

#: Requests that carry no body: their signature need not cover a digest.
BODILESS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureClaim:
    """A signature as stated: nothing in it is proven.

    `covered` are component names in lower case and order; `algorithm` is "" when not said; `statement` is the serialised
    @signature-params (RFC 9421 only). Moments are aware, in UTC.
    """

    standard: str
    key_id: str
    algorithm: str
    covered: tuple[str, ...]
    signature: bytes
    created: datetime | None = None
    expires: datetime | None = None
    statement: str = ""


def moment(seconds: int) -> datetime:
    """The moment that a count of seconds since 1970 names; raises BadSignature when it is absurd."""
    if not 0 < seconds <= _LATEST_SECONDS:
        raise BadSignature("The signature names a moment that cannot be")
    return datetime.fromtimestamp(seconds, UTC)


def check_window(signed_at: datetime, expires: datetime | None, now: datetime) -> None:
    """A signature is good for one hour, may be five minutes ahead, and may expire within a day; raises StaleSignature."""
    if signed_at < now - OLDEST:
        raise StaleSignature(f"The signature is of {signed_at:%Y-%m-%dT%H:%M:%SZ}, more than an hour ago")
    if signed_at > now + FURTHEST_AHEAD:
        raise StaleSignature(f"The signature is of {signed_at:%Y-%m-%dT%H:%M:%SZ}, which is in the future")
    if expires is not None and expires <= now:
        raise StaleSignature(f"The signature expired at {expires:%Y-%m-%dT%H:%M:%SZ}")
    if expires is not None and expires > now + LONGEST_LIFE:
        raise StaleSignature("The signature would be good for more than a day")


def only(received: Received, name: str) -> str:
    """The value of a header that must be there exactly once, stripped; raises BadSignature."""
    values = received.values(name)
    if len(values) != 1:
        raise BadSignature(f"{name} must be there exactly once, not {len(values)} times")
    if len(values[0]) > LONGEST_HEADER:
        raise BadSignature(f"{name} is too long")
    return values[0].strip()


def combined(received: Received, name: str) -> str:
    """The value of a covered header, several lines joined with a comma; raises BadSignature when it is not there."""
    values = received.values(name)
    if not values:
        raise BadSignature(f"The signature covers {name}, which is not there")
    return ", ".join(value.strip(" \t") for value in values)


def encoded(text: str) -> bytes:
    """Text of a request as the bytes it came in (UTF-8, other bytes escaped); raises BadSignature when it never was bytes."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as problem:
        raise BadSignature("The request holds characters that cannot be sent") from problem


def is_ours(authority: str, place: Origin) -> bool:
    """Whether an authority (`Host`, `@authority`) is that of our address, its own port spelled out or not."""
    return not set("/?#@") & set(authority) and origin(f"{place.scheme}://{authority}") == place


def proven(pem: str, claim: SignatureClaim, bases: list[str]) -> None:
    """The signature fits one of the possible texts; raises BadSignature, or BadKey when the algorithm is not the key's."""
    kind = keys.check_key(pem)
    if claim.algorithm in _ALGORITHM_KINDS and _ALGORITHM_KINDS[claim.algorithm] != kind:
        raise BadKey(f"The signature claims {claim.algorithm}, the key is of kind {kind}")
    if not any(keys.is_signed(pem, claim.signature, encoded(base)) for base in bases):
        raise BadSignature("The signature does not fit the request")


def place_of(url: str) -> tuple[Origin, str]:
    """Origin and request target (raw path with query) of an address that we send to; raises ForbiddenAddress."""
    wire = wire_url(url)
    parts = urlsplit(wire)
    place = origin(wire)
    assert place is not None  # noqa: S101 -- wire_url has refused what has no origin
    return place, f"{parts.path}?{parts.query}" if parts.query else parts.path


def with_headers(outgoing: Outgoing, *headers: tuple[str, str]) -> Outgoing:
    """The same request with further headers, in place of those of the same name; its address as it goes over the wire."""
    names = {name.lower() for name, _ in headers}
    kept = tuple((name, value) for name, value in outgoing.headers if name.lower() not in names)
    return Outgoing(method=outgoing.method, url=wire_url(outgoing.url), headers=(*kept, *headers), body=outgoing.body)


_ALGORITHM_KINDS = {"rsa-sha256": keys.RSA, "rsa-v1_5-sha256": keys.RSA, "ed25519": keys.ED25519}
