"""What was reported to us, and what people here reported elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import RowMapping, func, select, update

from node.storage.ground import Shelf
from node.storage.tables.reports import reports

State = Literal["waiting", "sent", "settled", "dismissed"]

#: So many of one server wait at most.
MOST_OF_ONE_HOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A report. `is_ours`: somebody here sent it; `reporter` is then the person, of whom nobody elsewhere is told."""

    id: int
    activity: str
    reporter: str
    is_ours: bool
    host: str
    objects: tuple[str, ...]
    content: str
    state: State
    received_at: datetime
    decided_at: datetime | None
    decided_by: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a report says, before it is kept."""

    activity: str
    reporter: str
    host: str
    objects: tuple[str, ...]
    content: str
    is_ours: bool = False


class Reports(Shelf):
    """Reports in and out, each once."""

    def add(self, complaint: Complaint, at: datetime) -> bool:
        """Keeps a report; False for a copy, or when too many of that server wait."""
        waiting = reports.c.host == complaint.host, reports.c.state == "waiting"
        if self.ground.number(select(func.count()).select_from(reports).where(*waiting)) >= MOST_OF_ONE_HOST:
            return False
        added = self.ground.insert(reports).values(
            activity=complaint.activity,
            reporter=complaint.reporter,
            is_ours=complaint.is_ours,
            host=complaint.host,
            objects=json.dumps(complaint.objects),
            content=complaint.content,
            state="sent" if complaint.is_ours else "waiting",
            received_at=at,
            decided_by="",
            decision="",
        )
        return self.ground.row(added.on_conflict_do_nothing().returning(reports.c.id)) is not None

    def listed(self, state: State | None = None, limit: int = 200) -> list[ReportRow]:
        """Reports, the newest first, in one state or in all."""
        chosen = select(reports).order_by(reports.c.id.desc()).limit(limit)
        if state is not None:
            chosen = chosen.where(reports.c.state == state)
        return [_made(row) for row in self.ground.rows(chosen)]

    def get(self, id: int) -> ReportRow | None:  # noqa: A002 - the word of the domain
        """One of them."""
        row = self.ground.row(select(reports).where(reports.c.id == id))
        return _made(row) if row else None

    def count(self, state: State) -> int:
        """How many there are in a state."""
        return self.ground.number(select(func.count()).select_from(reports).where(reports.c.state == state))

    def decide(self, id: int, state: State, by: str, at: datetime, decision: str) -> bool:  # noqa: A002
        """Notes what was decided; False when there is no such report."""
        values = {"state": state, "decided_by": by, "decided_at": at, "decision": decision}
        return self.ground.run(update(reports).where(reports.c.id == id).values(**values)) > 0


_PLAIN = tuple(name for name in ReportRow.__dataclass_fields__ if name != "objects")


def _made(row: RowMapping) -> ReportRow:
    return ReportRow(**{name: row[name] for name in _PLAIN}, objects=tuple(json.loads(row["objects"])))
