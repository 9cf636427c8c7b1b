"""What was looked up for somebody at an address, while they decide what to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from node.storage.ground import Shelf, made
from node.storage.tables.previews import previews

#: Nobody decides for longer than that.
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """What was found: of which kind, for whom, at which address, as JSON."""

    id: int
    person: str
    kind: str
    address: str
    found: str
    at: datetime


class Previews(Shelf):
    """The previews. Each is its person's alone."""

    def add(self, person: str, kind: str, address: str, found: str, at: datetime) -> int:
        """Keeps one, and lets go of those that are too old; its number."""
        self.ground.run(delete(previews).where(previews.c.at < at - KEPT))
        values = {"person": person, "kind": kind, "address": address, "found": found, "at": at}
        return self.ground.number(insert(previews).values(**values).returning(previews.c.id))

    def get(self, number: int, person: str) -> PreviewRow | None:
        """One of a person."""
        row = self.ground.row(select(previews).where(previews.c.id == number, previews.c.person == person))
        return made(PreviewRow, row) if row else None

    def count(self, person: str, since: datetime) -> int:
        """How many a person asked for since a moment: each had the network asked."""
        chosen = previews.c.person == person, previews.c.at >= since
        return self.ground.number(select(func.count()).select_from(previews).where(*chosen))
