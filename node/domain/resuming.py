"""Where a list that is given in parts goes on: a token that says so, sealed, so that nobody can write one themselves.

Spec: OAI-PMH §3.5.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

#: A harvester that comes back later begins anew.
LASTS = timedelta(hours=24)
#: No token of ours is longer.
LONGEST = 1_000
_SEAL = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A list and how far it was given: its changes `after` one, up to the last that there was when it was asked for.

    `given` of `size` records were given; `until` is the second, since 1970, at which the place is forgotten.
    """

    verb: str
    prefix: str
    community: str
    after: int
    up_to: int
    given: int
    size: int
    until: int = 0


def sealed(place: Place, secret: bytes) -> str:
    """The place as a token."""
    said = json.dumps(astuple(place), ensure_ascii=True, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_seal(said, secret) + said).decode()


def opened(token: str, secret: bytes, now: datetime) -> Place | None:
    """The place that a token of ours names; None for one that is not ours, was altered, or is too old."""
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        whole = base64.b64decode(token, altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    # the last character of a token has bits that do not count: as it was given, or not at all
    is_ours = base64.urlsafe_b64encode(whole).decode() == token
    if not hmac.compare_digest(whole[:_SEAL], _seal(whole[_SEAL:], secret)) or not is_ours:
        return None
    verb, prefix, community, after, up_to, given, size, until = json.loads(whole[_SEAL:])
    if now.timestamp() >= until:
        return None
    return Place(verb=verb, prefix=prefix, community=community, after=after, up_to=up_to, given=given, size=size, until=until)


def _seal(said: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, said, hashlib.sha256).digest()[:_SEAL]
