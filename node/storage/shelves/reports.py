"""What was reported to us, and what people here reported elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, RowMapping, and_, delete, func, or_, select, update

from node.storage.ground import Shelf
from node.storage.tables.reports import reports

State = Literal["waiting", "sent", "settled", "dismissed"]

#: So many of one server wait at most.
MOST_OF_ONE_HOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A report. `is_ours`: somebody here sent it; `reporter` is then the person, of whom nobody elsewhere is told.

    `community` is the one whose animators are asked first, `category` why, in a word; both "" for what came from elsewhere.
    """

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
    community: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a report says, before it is kept."""

    activity: str
    reporter: str
    host: str
    objects: tuple[str, ...]
    content: str
    is_ours: bool = False
    community: str = ""
    category: str = ""


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
            community=complaint.community,
            category=complaint.category,
        )
        return self.ground.row(added.on_conflict_do_nothing().returning(reports.c.id)) is not None

    def listed(self, state: State | None = None, limit: int = 200, **only: str) -> list[ReportRow]:
        """Reports, the newest first, in one state or in all; `only` those with these values (community="")."""
        chosen = select(reports).where(*_those(only)).order_by(reports.c.id.desc()).limit(limit)
        if state is not None:
            chosen = chosen.where(reports.c.state == state)
        return [_made(row) for row in self.ground.rows(chosen)]

    def get(self, id: int) -> ReportRow | None:  # noqa: A002 - the word of the domain
        """One of them."""
        row = self.ground.row(select(reports).where(reports.c.id == id))
        return _made(row) if row else None

    def count(self, state: State, **only: str) -> int:
        """How many there are in a state, with these values."""
        return self.ground.number(select(func.count()).select_from(reports).where(reports.c.state == state, *_those(only)))

    def waiting_by_community(self) -> dict[str, tuple[int, datetime]]:
        """In which communities something waits: how much, and since when."""
        counted = select(reports.c.community, func.count().label("n"), func.min(reports.c.received_at).label("since"))
        rows = self.ground.rows(
            counted.where(reports.c.state == "waiting", reports.c.community != "").group_by(reports.c.community)
        )
        return {row["community"]: (int(row["n"]), row["since"]) for row in rows}

    def by(self, reporter: str) -> list[ReportRow]:
        """What somebody here reported, the newest first."""
        return [
            _made(row)
            for row in self.ground.rows(select(reports).where(reports.c.reporter == reporter).order_by(reports.c.id.desc()))
        ]

    def forget(self, before: datetime) -> int:
        """Lets go of those decided before that, and of what was sent elsewhere; how many."""
        old = or_(reports.c.decided_at < before, and_(reports.c.state == "sent", reports.c.received_at < before))
        return self.ground.run(delete(reports).where(old))

    def decide(self, id: int, state: State, by: str, at: datetime, decision: str) -> bool:  # noqa: A002
        """Notes what was decided; False when there is no such report."""
        values = {"state": state, "decided_by": by, "decided_at": at, "decision": decision}
        return self.ground.run(update(reports).where(reports.c.id == id).values(**values)) > 0


def _those(only: Mapping[str, str]) -> list[ColumnElement[bool]]:
    return [reports.c[name] == value for name, value in only.items()]


_PLAIN = tuple(name for name in ReportRow.__dataclass_fields__ if name != "objects")


def _made(row: RowMapping) -> ReportRow:
    return ReportRow(**{name: row[name] for name in _PLAIN}, objects=tuple(json.loads(row["objects"])))
