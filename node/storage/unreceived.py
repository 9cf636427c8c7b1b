"""Which servers have not taken yet what was sent to them of a thing of ours: those who wrote it are told after a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from node.storage.tables.outbox import deliveries
from node.storage.unit_of_work import UnitOfWork

#: Before that, a server that rests is nothing to speak of.
AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A server that did not take it: since when it waits; `is_given_up`: nobody tries any more."""

    host: str
    since: datetime
    is_given_up: bool


def unreceived(uow: UnitOfWork, iri: str, now: datetime) -> list[Missing]:
    """The servers that wait for news of a thing for more than a day, or for which it was given up, by name."""
    waits = select(deliveries.c.host, deliveries.c.state, func.min(deliveries.c.created_at).label("since")).where(
        deliveries.c.object == iri, deliveries.c.state.in_(("due", "parked")), deliveries.c.created_at <= now - AFTER
    )
    rows = uow.ground.rows(waits.group_by(deliveries.c.host, deliveries.c.state).order_by(deliveries.c.host, deliveries.c.state))
    found = {row["host"]: Missing(host=row["host"], since=row["since"], is_given_up=row["state"] == "parked") for row in rows}
    return list(found.values())
