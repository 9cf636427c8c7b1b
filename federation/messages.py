"""Received → Verified, and Outgoing → Sealed: frozen values, each a step further in proof."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from vocab.thing import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request as it came in, nothing about it believed.

    `target` is the raw path with its query as sent; `headers` keep order, spelling and doubles; `body` are the exact bytes.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime
    _named: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # They are asked for a dozen times before a message is believed.
        named: dict[str, list[str]] = {}
        for name, value in self.headers:
            named.setdefault(name.lower(), []).append(value)
        object.__setattr__(self, "_named", named)

    def values(self, name: str) -> list[str]:
        """All values of a header, whatever its case, in order."""
        return list(self._named.get(name.lower(), ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """An activity whose actor is proven to have signed it. Made in `federation/inbox.py` alone, kept by the inbox shelf.

    `body` are the exact bytes received; `recipient` is the IRI of the actor whose own inbox it came to, None for the shared one.
    `standard` names the signature standard that proved it, "" when that is not known any more.
    """

    activity: Thing
    actor: str
    key_id: str
    body: bytes
    at: datetime
    recipient: str | None = None
    standard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A key that an actor publishes.

    `iri` is the key id as signatures name it, `owner` the actor it belongs to, `pem` a PEM SubjectPublicKeyInfo (RSA or Ed25519).
    """

    iri: str
    owner: str
    pem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key of ours. `iri` is the key id that goes into signatures; `pem` is PKCS#8 without password."""

    iri: str
    pem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A request that we are about to send; signed once it carries its signature headers."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for a request: `url` is the final address after redirects, `headers` have lower-case names."""

    status: int
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def value(self, name: str) -> str:
        """The first value of a header, "" when it is not there."""
        return next((value for key, value in self.headers if key == name.lower()), "")
