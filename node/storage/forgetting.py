"""Lets go of what is no longer needed: bytes of old messages, traces of old deliveries, finished work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, select, update

from node.storage.tables.inbox import inbox
from node.storage.tables.outbox import deliveries
from node.storage.tables.tasks import tasks
from node.storage.unit_of_work import UnitOfWork

#: So many rows of a table at a time, so that nobody waits for long.
PORTION = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Moments: what ended before them is let go of."""

    inbox_bodies: datetime
    deliveries: datetime
    parked: datetime
    tasks: datetime


def forget(uow: UnitOfWork, limits: Limits) -> int:
    """Lets go of a portion; how many rows it touched (0: nothing is left to do)."""
    return (
        _blank_bodies(uow, limits.inbox_bodies)
        + _delete(uow, deliveries, deliveries.c.state.in_(("delivered", "dropped")), deliveries.c.done_at < limits.deliveries)
        + _delete(uow, deliveries, deliveries.c.state == "parked", deliveries.c.done_at < limits.parked)
        + _delete(uow, tasks, tasks.c.state == "done", tasks.c.due_at < limits.tasks)
    )


def _blank_bodies(uow: UnitOfWork, before: datetime) -> int:
    old = select(inbox.c.id).where(inbox.c.state.in_(("done", "ignored")), inbox.c.done_at < before, inbox.c.body != b"")
    return uow.ground.run(update(inbox).where(inbox.c.id.in_(old.limit(PORTION))).values(body=b""))


def _delete(uow: UnitOfWork, table: Table, *conditions: ColumnElement[bool]) -> int:
    old = select(table.c.id).where(*conditions).limit(PORTION)
    return uow.ground.run(delete(table).where(table.c.id.in_(old)))
