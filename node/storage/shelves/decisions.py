"""What people here decided about others, with their reasons: kept a year, for those who look after the node after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from node.storage.ground import Shelf, made
from node.storage.tables.reports import decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision: `by` is the IRI of who took it, "" for the command line; `subject` a host or an IRI."""

    id: int
    at: datetime
    by: str
    deed: str
    subject: str
    reason: str


class Decisions(Shelf):
    """The log of moderation."""

    def add(self, at: datetime, deed: str, subject: str, *, by: str = "", reason: str = "") -> None:
        """Notes a decision."""
        self.ground.run(insert(decisions).values(at=at, by=by, deed=deed, subject=subject, reason=reason))

    def recent(self, n: int = 100) -> list[DecisionRow]:
        """The newest decisions, newest first."""
        return [made(DecisionRow, row) for row in self.ground.rows(select(decisions).order_by(decisions.c.id.desc()).limit(n))]

    def forget(self, before: datetime) -> int:
        """Lets go of those older than that; how many."""
        return self.ground.run(delete(decisions).where(decisions.c.at < before))
