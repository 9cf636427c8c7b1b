"""The private keys of our actors."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import select

from federation.messages import SigningKey
from node.errors import NotFound
from node.storage.ground import Shelf
from node.storage.tables.actors import keys


class Keys(Shelf):
    """The keys that our actors sign with. They are never shown and never logged."""

    def add(self, actor: str, key: SigningKey, kind: Literal["rsa", "ed25519"], at: datetime) -> None:
        """Keeps a key; the newest of its kind is the current one."""
        self.ground.upsert(keys, ["iri"], {"iri": key.iri, "actor": actor, "kind": kind, "pem": key.pem, "created_at": at})

    def signing(self, actor: str, kind: Literal["rsa", "ed25519"] = "rsa") -> SigningKey:
        """The current key of an actor; raises NotFound when it has none."""
        wanted = select(keys).where(keys.c.actor == actor, keys.c.kind == kind)
        row = self.ground.row(wanted.order_by(keys.c.created_at.desc(), keys.c.iri.desc()).limit(1))
        if row is None:
            raise NotFound(f"{actor} has no {kind} key here.")
        return SigningKey(iri=row["iri"], pem=row["pem"])
