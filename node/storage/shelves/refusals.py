"""What was refused, and why: kept for people to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from node.storage.ground import Shelf, made
from node.storage.tables.inbox import refusals

#: How many are kept.
KEPT = 10_000
#: How much of a body is kept, in bytes.
EXCERPT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRow:
    """A request that was refused: the answer's `status`, the `reason` in one line, the beginning of its body."""

    id: int
    at: datetime
    status: int
    reason: str
    host: str
    actor: str
    activity: str
    excerpt: bytes


class Refusals(Shelf):
    """The newest 10,000 refused requests."""

    def add(  # noqa: PLR0913 - as many as there is to say
        self,
        at: datetime,
        status: int,
        reason: str,
        host: str,
        *,
        actor: str = "",
        activity: str = "",
        excerpt: bytes = b"",
    ) -> None:
        """Notes one, and lets go of the oldest."""
        values = {"at": at, "status": status, "reason": reason, "host": host, "actor": actor, "activity": activity}
        added = insert(refusals).values(**values, excerpt=excerpt[:EXCERPT]).returning(refusals.c.id)
        newest = self.ground.number(added)
        self.ground.run(delete(refusals).where(refusals.c.id <= newest - KEPT))

    def recent(self, n: int = 100) -> list[RefusalRow]:
        """The newest n, newest first."""
        return [made(RefusalRow, row) for row in self.ground.rows(select(refusals).order_by(refusals.c.id.desc()).limit(n))]
