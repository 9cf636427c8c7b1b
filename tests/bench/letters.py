"""Signed messages made before the clock starts, and how they lie in a file until they are posted."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from federation.messages import SigningKey
from federation.outbox import seal
from federation.signatures.keys import generate_keys

AS2 = "https://www.w3.org/ns/activitystreams"
PUBLIC = f"{AS2}#Public"
TEXT = """
maintien logement accueil locataires communauté économie sociale réseau municipal concertation animation facilitatrice
rencontre territoire quartier coopérative habitation développement démarche pratique repères outils carnet bilan effets
"""
WORDS = TEXT.split()


@cache
def pair(number: int) -> tuple[str, str]:
    """One of a few real pairs of keys, private and public: a thousand of them would take minutes to make."""
    del number
    return generate_keys()


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Somebody on another server, with a key."""

    host: str
    number: int
    scheme: str = "https"
    keys: int = 4

    @property
    def iri(self) -> str:
        """The address of the actor."""
        return f"{self.scheme}://{self.host}/u/{self.number}"

    @property
    def key(self) -> SigningKey:
        """The private key."""
        return SigningKey(iri=f"{self.iri}#main-key", pem=pair(self.number % self.keys)[0])

    @property
    def pem(self) -> str:
        """The public key."""
        return pair(self.number % self.keys)[1]

    def document(self) -> dict[str, Any]:
        """The actor as its server tells it, shaped as Mastodon's are."""
        return {
            "@context": [AS2, "https://w3id.org/security/v1"],
            "id": self.iri,
            "type": "Person",
            "preferredUsername": f"u{self.number}",
            "name": f"Une personne, {self.number}",
            "inbox": f"{self.iri}/inbox",
            "outbox": f"{self.iri}/outbox",
            "followers": f"{self.iri}/followers",
            "endpoints": {"sharedInbox": f"{self.scheme}://{self.host}/inbox"},
            "publicKey": {"id": f"{self.iri}#main-key", "owner": self.iri, "publicKeyPem": self.pem},
        }

    def create(self, number: int) -> dict[str, Any]:
        """A Create of a public note of some eighty words, as real servers send it."""
        start = number * 7 % len(WORDS)
        said = " ".join((WORDS[start:] + WORDS[:start]) * 3)
        note, to, cc = f"{self.iri}/n/{number}", [PUBLIC], [f"{self.iri}/followers"]
        return {
            "@context": [AS2, {"sensitive": "as:sensitive", "Hashtag": "as:Hashtag"}],
            "id": f"{note}/activity",
            "type": "Create",
            "actor": self.iri,
            "published": "2026-11-22T12:00:00Z",
            "to": to,
            "cc": cc,
            "object": {
                "id": note,
                "type": "Note",
                "attributedTo": self.iri,
                "published": "2026-11-22T12:00:00Z",
                "url": note,
                "to": to,
                "cc": cc,
                "sensitive": False,
                "content": f"<p>Mesure {number}. {said}</p>",
                "contentMap": {"fr": f"<p>Mesure {number}. {said}</p>"},
                "tag": [{"type": "Hashtag", "name": "#accueil", "href": f"https://{self.host}/tags/accueil"}],
            },
        }


def sealed(body: dict[str, Any], inbox: str, key: SigningKey) -> bytes:
    """The whole request, ready for the wire."""
    content = json.dumps(body, ensure_ascii=False).encode()
    outgoing = seal(content, inbox, key, datetime.now(UTC))  # noqa: TID251 -- a live node looks at the real clock
    lines = [f"POST /{inbox.split('/', 3)[3]} HTTP/1.1", *(f"{name}: {value}" for name, value in outgoing.headers)]
    if not any(line.lower().startswith("content-length:") for line in lines):
        lines.append(f"Content-Length: {len(content)}")
    return "\r\n".join([*lines, "", ""]).encode() + content


def notes(senders: Sequence[Sender], n: int, inbox: str) -> Iterator[bytes]:
    """So many Creates, each by the next of the senders."""
    for number in range(n):
        sender = senders[number % len(senders)]
        yield sealed(sender.create(number), inbox, sender.key)


def write(path: Path, letters: Iterable[bytes]) -> Path:
    """Puts the requests into a file, each after its length."""
    with path.open("wb") as file:
        for letter in letters:
            file.write(struct.pack(">I", len(letter)) + letter)
    return path


def read(path: Path) -> list[bytes]:
    """The requests in a file."""
    content, found, at = path.read_bytes(), [], 0
    while at < len(content):
        (size,) = struct.unpack_from(">I", content, at)
        found.append(content[at + 4 : at + 4 + size])
        at += 4 + size
    return found
