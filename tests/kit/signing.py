"""Signed requests for tests: real keys, a key directory in memory, and requests that can be spoiled on purpose."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from federation import signatures
from federation.errors import KeyUnavailable, RemoteError
from federation.messages import Outgoing, PublicKey, Received, SigningKey
from federation.signatures import keys

NOW = datetime(2026, 11, 22, 10, 0, 0, tzinfo=UTC)
NODE = "https://noeud.example"
INBOX = f"{NODE}/communautes/logement/inbox"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


#: So many actors in a row have keys of their own: making one takes longer than most tests.
DIFFERENT = 16
_names: dict[str, int] = {}


def pair(name: str, kind: str = "rsa") -> tuple[str, str]:
    """Real keys: a name keeps its own throughout the run, and shares it with nobody among the names that come soon after.

    Those who meet in many tests share theirs with nobody at all, whatever ran before.
    """
    known = (M.iri, BOB.iri, V.iri, ED.iri)
    number = known.index(name) - len(known) if name in known else _names.setdefault(name, len(_names)) % DIFFERENT
    return _made(number, kind)


@cache
def _made(number: int, kind: str) -> tuple[str, str]:
    del number
    return keys.generate_keys(kind)


@dataclass(frozen=True, kw_only=True)
class Signer:
    """An actor somewhere else, with its key."""

    iri: str
    kind: str = "rsa"

    @property
    def key(self) -> SigningKey:
        return SigningKey(iri=f"{self.iri}#main-key", pem=pair(self.iri, self.kind)[0])

    @property
    def public(self) -> PublicKey:
        return PublicKey(iri=f"{self.iri}#main-key", owner=self.iri, pem=pair(self.iri, self.kind)[1])


M = Signer(iri="https://evil.example/users/m")
BOB = Signer(iri="https://evil.example/users/bob")
V = Signer(iri="https://innocent.example/users/v")
ED = Signer(iri="https://modern.example/users/ed", kind="ed25519")


@dataclass
class Directory:
    """A key directory in memory: what `keys` holds is known, what `newer` holds is found only when asked again."""

    keys: dict[str, PublicKey]
    newer: dict[str, PublicKey] = field(default_factory=dict)
    proofs: dict[str, PublicKey] = field(default_factory=dict)
    problem: RemoteError | None = None
    problem_again: RemoteError | None = None
    asked: list[str] = field(default_factory=list)
    asked_again: list[str] = field(default_factory=list)

    async def find(self, key_id: str) -> PublicKey:
        self.asked.append(key_id)
        if self.problem is not None:
            raise self.problem
        if key_id not in self.keys:
            raise KeyUnavailable
        return self.keys[key_id]

    async def find_again(self, key_id: str) -> PublicKey | None:
        self.asked_again.append(key_id)
        if self.problem_again is not None:
            raise self.problem_again
        return self.newer.get(key_id)

    async def proving(self, key_id: str) -> PublicKey | None:
        return self.proofs.get(key_id)


def directory(*signers: Signer) -> Directory:
    """A directory that knows these actors' keys; M, BOB, V and ED when none is named."""
    return Directory(keys={signer.key.iri: signer.public for signer in signers or (M, BOB, V, ED)})


def note(author: str) -> dict[str, Any]:
    """A public note by `author`."""
    place = urlsplit(author)
    return {
        "id": f"{place.scheme}://{place.netloc}/n/1",
        "type": "Note",
        "attributedTo": author,
        "to": [f"{NODE}/communautes/logement"],
        "cc": [PUBLIC],
        "content": "<p>bonjour</p>",
    }


def activity(by: str, kind: str = "Create", thing: object = None, **more: Any) -> bytes:
    """An activity by `by`, as bytes; `more` sets or replaces properties, None takes one away."""
    place = urlsplit(by)
    said = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{place.scheme}://{place.netloc}/act/1",
        "type": kind,
        "actor": by,
        "object": note(by) if thing is None else thing,
        "to": [f"{NODE}/communautes/logement"],
        **more,
    }
    return json.dumps({key: value for key, value in said.items() if value is not None}).encode()


def post(body: bytes, url: str = INBOX) -> Outgoing:
    """A POST to an inbox of ours, not signed yet."""
    return Outgoing(method="POST", url=url, headers=(("Content-Type", "application/activity+json"),), body=body)


def arrived(outgoing: Outgoing, at: datetime = NOW) -> Received:
    """The request as it arrives."""
    parts = urlsplit(outgoing.url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return Received(method=outgoing.method, target=target, headers=outgoing.headers, body=outgoing.body, at=at)


def signed(
    signer: Signer, body: bytes | None = None, *, standard: str = "draft-cavage", url: str = INBOX, at: datetime = NOW
) -> Received:
    """A well signed POST of `body` (a Create by the signer) as it arrives at NOW."""
    sent = post(activity(signer.iri) if body is None else body, url)
    return arrived(signatures.sign(standard, sent, signer.key, at))


def with_header(received: Received, name: str, *values: str) -> Received:
    """The request with the values of a header replaced, or taken away when none is given; nothing signed anew."""
    kept = tuple((key, value) for key, value in received.headers if key.lower() != name.lower())
    return replace(received, headers=(*kept, *((name, value) for value in values)))
