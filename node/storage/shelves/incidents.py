"""The register of incidents, and of accounts that were erased, with how far other servers have heard of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from node.storage.ground import Shelf, made
from node.storage.tables.incidents import erasures, incidents
from node.storage.tables.outbox import deliveries


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What happened to personal information, to how many people, with which risk, what was done, and who was told."""

    id: int = 0
    happened_at: datetime
    noticed_at: datetime
    nature: str
    people: str = ""
    harm: str = ""
    measures: str = ""
    told: str = ""
    is_serious: bool = False
    by: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """An account that was erased: when, whether its works stay, how many servers were asked to forget, how many heard."""

    at: datetime
    is_authorship_kept: bool
    asked: int
    heard: int


class Incidents(Shelf):
    """Both registers. Nothing of them is ever shown to the public but that they are kept."""

    def add(self, incident: Incident) -> None:
        """Writes an incident down."""
        values = asdict(incident)
        del values["id"]
        self.ground.run(insert(incidents).values(**values))

    def close(self, number: int, at: datetime) -> bool:
        """Notes that everything was done about one; False when there is none that is open."""
        open_one = update(incidents).where(incidents.c.id == number, incidents.c.closed_at.is_(None))
        return self.ground.run(open_one.values(closed_at=at)) > 0

    def listed(self) -> list[Incident]:
        """All of them, the newest first."""
        return [made(Incident, row) for row in self.ground.rows(select(incidents).order_by(incidents.c.id.desc()))]

    def erased(self, at: datetime, activities: Sequence[str], *, is_authorship_kept: bool) -> None:
        """Notes that an account was erased, not whose."""
        values = {"at": at, "is_authorship_kept": is_authorship_kept, "activities": json.dumps(list(activities))}
        self.ground.run(insert(erasures).values(**values))

    def erasures(self, limit: int = 50) -> list[Erasure]:
        """The accounts that were erased, the newest first."""
        rows = self.ground.rows(select(erasures).order_by(erasures.c.id.desc()).limit(limit))
        return [self._erasure(row["at"], json.loads(row["activities"]), is_kept=row["is_authorship_kept"]) for row in rows]

    def _erasure(self, at: datetime, activities: Sequence[str], *, is_kept: bool) -> Erasure:
        about = deliveries.c.activity.in_(activities)
        servers = select(func.count(deliveries.c.inbox.distinct())).where(about)
        asked, heard = (self.ground.number(each) for each in (servers, servers.where(deliveries.c.state == "delivered")))
        return Erasure(at=at, is_authorship_kept=is_kept, asked=asked, heard=heard)
