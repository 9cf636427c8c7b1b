"""Keys of actors elsewhere beside the one in their row: further keys that sign, and those that prove what they write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, delete, insert, select

from node.storage.ground import Shelf, made
from node.storage.prepared import Prepared
from node.storage.tables.public_keys import public_keys

Kind = Literal["publicKey", "assertionMethod"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKeyRow:
    """A key that an actor's own document names, under `kind`; `pem` is a SubjectPublicKeyInfo."""

    iri: str
    actor: str
    kind: Kind
    pem: str
    fetched_at: datetime


class PublicKeys(Shelf):
    """The further keys of actors elsewhere."""

    def get(self, iri: str) -> PublicKeyRow | None:
        """The key of that id."""
        row = _BY_IRI.row(self.ground.connection, iri=iri)
        return made(PublicKeyRow, row) if row else None

    def of(self, actor: str) -> list[PublicKeyRow]:
        """The further keys of an actor."""
        wanted = select(public_keys).where(public_keys.c.actor == actor).order_by(public_keys.c.iri)
        return [made(PublicKeyRow, row) for row in self.ground.rows(wanted)]

    def put(self, actor: str, rows: Sequence[PublicKeyRow]) -> None:
        """Puts an actor's further keys in the place of those known before: what its document no longer names is no longer its."""
        self.ground.unsettle()
        self.ground.run(delete(public_keys).where(public_keys.c.actor == actor))
        if rows:
            taken = public_keys.c.iri.in_([row.iri for row in rows])
            self.ground.run(delete(public_keys).where(taken))
            self.ground.connection.execute(insert(public_keys), [asdict(row) for row in rows])


_BY_IRI = Prepared(lambda _: select(public_keys).where(public_keys.c.iri == bindparam("iri")))
