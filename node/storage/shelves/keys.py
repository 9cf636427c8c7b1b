"""The private keys of our actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, delete, exists, select, update

from federation.messages import SigningKey
from node.errors import NotFound
from node.storage.ground import Shelf, made
from node.storage.prepared import Prepared
from node.storage.tables.actors import actors, keys

Kind = Literal["rsa", "ed25519"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A private key. `retired_at` is when another took its place, None for the one in use."""

    iri: str
    actor: str
    kind: Kind
    pem: str
    created_at: datetime
    retired_at: datetime | None = None

    @property
    def signing(self) -> SigningKey:
        """The key for a signature."""
        return SigningKey(iri=self.iri, pem=self.pem)


class Keys(Shelf):
    """The keys that our actors sign with. They are never shown and never logged."""

    def add(self, actor: str, key: SigningKey, kind: Kind, at: datetime) -> None:
        """Keeps a key; the newest of its kind is the current one."""
        self.ground.unsettle()
        values = {"iri": key.iri, "actor": actor, "kind": kind, "pem": key.pem, "created_at": at, "retired_at": None}
        self.ground.upsert(keys, ["iri"], values)

    def signing(self, actor: str, kind: Kind = "rsa") -> SigningKey:
        """The current key of an actor; raises NotFound when it has none."""
        found = self.current(actor, kind)
        if found is None:
            raise NotFound(f"{actor} has no {kind} key here.")
        return found

    def current(self, actor: str, kind: Kind) -> SigningKey | None:
        """The current key of an actor, None when it has none of that kind."""
        mine = self.of(actor, kind)
        return mine[0].signing if mine else None

    def of(self, actor: str, kind: Kind) -> Sequence[KeyRow]:
        """The keys of an actor, the current one first, then those that it took the place of."""
        return [made(KeyRow, row) for row in _OF.rows(self.ground.connection, actor=actor, kind=kind)]

    def before(self, actor: str) -> SigningKey | None:
        """The key with which an actor signed before its current one, as long as it is kept: some still know only that."""
        former = [row for row in self.of(actor, "rsa") if row.retired_at is not None]
        return former[0].signing if former else None

    def retire(self, actor: str, at: datetime) -> None:
        """Notes that the keys in use now are about to be replaced."""
        self.ground.run(update(keys).where(keys.c.actor == actor, keys.c.retired_at.is_(None)).values(retired_at=at))

    def forget_retired(self, before: datetime) -> list[str]:
        """Forgets the keys that were replaced before a moment; the actors whose documents have to be written anew."""
        old = keys.c.retired_at < before
        owners = self.ground.texts(select(keys.c.actor).where(old).distinct())
        self.ground.run(delete(keys).where(old))
        return owners

    def lacking(self, kind: Kind) -> list[str]:
        """Our actors who have no key of a kind."""
        has = exists().where(keys.c.actor == actors.c.iri, keys.c.kind == kind)
        return self.ground.texts(select(actors.c.iri).where(actors.c.is_local, ~has).order_by(actors.c.iri))


_OF = Prepared(
    lambda _: (
        select(keys)
        .where(keys.c.actor == bindparam("actor"), keys.c.kind == bindparam("kind"))
        .order_by(keys.c.created_at.desc(), keys.c.iri.desc())
    )
)
