"""What people here decided about others, with their reasons: kept a year, for those who look after the node after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from node.storage.ground import Shelf, made
from node.storage.tables.reports import decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision: `by` is the IRI of who took it, "" for the command line; `subject` a host or an IRI.

    `community` is the one in which it was taken, `affected` the person whom it touches and who may appeal; "" for none.
    """

    id: int
    at: datetime
    by: str
    deed: str
    subject: str
    reason: str
    community: str = ""
    affected: str = ""


class Decisions(Shelf):
    """The log of moderation."""

    def add(self, at: datetime, deed: str, subject: str, *, by: str = "", reason: str = "") -> None:
        """Notes a decision."""
        self.ground.run(insert(decisions).values(at=at, by=by, deed=deed, subject=subject, reason=reason))

    def take(self, decision: DecisionRow) -> int:
        """Notes a decision about somebody's words or doings in a community; its number."""
        names = ("at", "by", "deed", "subject", "reason", "community", "affected")
        values = {name: getattr(decision, name) for name in names}
        return self.ground.number(insert(decisions).values(**values).returning(decisions.c.id))

    def get(self, number: int) -> DecisionRow | None:
        """One of them."""
        row = self.ground.row(select(decisions).where(decisions.c.id == number))
        return made(DecisionRow, row) if row else None

    def of_community(self, community: str, n: int = 100) -> list[DecisionRow]:
        """Those that were taken in a community, the newest first."""
        chosen = select(decisions).where(decisions.c.community == community).order_by(decisions.c.id.desc()).limit(n)
        return [made(DecisionRow, row) for row in self.ground.rows(chosen)]

    def about(self, person: str) -> list[DecisionRow]:
        """Those that touch a person, the newest first."""
        chosen = select(decisions).where(decisions.c.affected == person).order_by(decisions.c.id.desc())
        return [made(DecisionRow, row) for row in self.ground.rows(chosen)]

    def recent(self, n: int = 100) -> list[DecisionRow]:
        """The newest decisions, newest first."""
        return [made(DecisionRow, row) for row in self.ground.rows(select(decisions).order_by(decisions.c.id.desc()).limit(n))]

    def forget(self, before: datetime) -> int:
        """Lets go of those older than that; how many."""
        return self.ground.run(delete(decisions).where(decisions.c.at < before))
