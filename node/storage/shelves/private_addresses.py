"""Private addresses: who made which, for which list. Only the SHA-256 of the secret in one is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from node.storage.ground import Shelf, made
from node.storage.tables.private_addresses import private_addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateAddressRow:
    """A private address: of which person, for which list (a path of this node with its query), as they call it."""

    id: int
    digest: str
    person: str
    list: str
    name: str
    created_at: datetime
    used_at: datetime | None


class PrivateAddresses(Shelf):
    """The private addresses, 256 random bits each. One that is revoked is gone, as if it had never been."""

    def add(self, person: str, list_address: str, name: str, at: datetime) -> str:
        """Makes one; the secret that is given back is told this once."""
        token = secrets.token_urlsafe(32)
        values = {"digest": _digest(token), "person": person, "list": list_address, "name": name, "created_at": at}
        self.ground.run(insert(private_addresses).values(**values))
        return token

    def find(self, token: str) -> PrivateAddressRow | None:
        """The one with this secret."""
        row = self.ground.row(select(private_addresses).where(private_addresses.c.digest == _digest(token)))
        return made(PrivateAddressRow, row) if row else None

    def of(self, person: str | None = None) -> list[PrivateAddressRow]:
        """Those of a person, or all, the newest first."""
        chosen = select(private_addresses).order_by(private_addresses.c.id.desc())
        if person is not None:
            chosen = chosen.where(private_addresses.c.person == person)
        return [made(PrivateAddressRow, row) for row in self.ground.rows(chosen)]

    def count(self, person: str) -> int:
        """How many a person has."""
        return self.ground.number(select(func.count()).select_from(private_addresses).where(private_addresses.c.person == person))

    def revoke(self, number: int, person: str | None = None) -> bool:
        """Forgets one (of that person); False when there is none."""
        one = delete(private_addresses).where(private_addresses.c.id == number)
        return self.ground.run(one if person is None else one.where(private_addresses.c.person == person)) > 0

    def used(self, number: int, at: datetime) -> None:
        """Notes that one was used."""
        self.ground.run(update(private_addresses).where(private_addresses.c.id == number).values(used_at=at))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
