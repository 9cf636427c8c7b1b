"""A directory of keys without a network: documents of others in memory, rows in memory, and what was asked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from federation.errors import RemoteError
from federation.messages import Answer
from node.storage.keyring import KeptKey
from node.transport.keys import KeyHolder, Keys

E = "https://evil.example"
V = "https://innocent.example/users/v"
ACTOR = f"{E}/users/m"
KEY = f"{ACTOR}#main-key"


def actor(iri: str = ACTOR, key: str = KEY, owner: str | None = ACTOR, pem: str = "PEM") -> dict[str, Any]:
    said = {"id": key, "publicKeyPem": pem} | ({"owner": owner} if owner else {})
    return {"id": iri, "type": "Person", "inbox": f"{iri}/inbox", "publicKey": said}


@dataclass
class Bench:
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: dict[str, RemoteError] = field(default_factory=dict)
    rows: dict[str, KeptKey] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    suspended: set[str] = field(default_factory=set)
    now: datetime = datetime(2026, 11, 22, tzinfo=UTC)

    @property
    def keys(self) -> Keys:
        return Keys(fetch=self.fetch, known=self.known, keep=self.keep, now=lambda: self.now)

    async def fetch(self, iri: str) -> Answer:
        self.asked.append(iri)
        if iri in self.problems:
            raise self.problems[iri]
        context = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]
        body = json.dumps({"@context": context, **self.documents[iri]}).encode()
        return Answer(status=200, url=iri, body=body)

    async def known(self, key_id: str) -> KeptKey | None:
        return self.rows.get(key_id)

    async def keep(self, holder: KeyHolder) -> bool:
        is_usable = holder.actor.id not in self.suspended
        self.rows[holder.key.iri] = KeptKey(key=holder.key, fetched_at=self.now, is_usable=is_usable)
        return is_usable
