"""Waking a task: the one statement that makes it due, or has it run again when it is being done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, literal, or_

from node.storage.ground import ALWAYS, Ground
from node.storage.tables.columns import Moment
from node.storage.tables.tasks import tasks


def wake(ground: Ground, kind: str, subject: str, due_at: datetime | None = None, payload: str = "") -> None:
    """Makes the task of that kind and subject due, now or at `due_at` (no later than it is due already)."""
    moment = due_at or ALWAYS
    # said with its type: inside CASE it would be written as datetimes usually are
    typed = literal(moment, Moment())
    is_leased = tasks.c.leased_by.is_not(None)
    waits_shorter = and_(tasks.c.state == "due", or_(is_leased.is_(False), tasks.c.is_woken), tasks.c.due_at < moment)
    changed: dict[str, Any] = {
        "due_at": case((waits_shorter, tasks.c.due_at), else_=typed),
        "attempts": case((tasks.c.state == "due", tasks.c.attempts), else_=0),
        "is_woken": is_leased,
        "state": "due",
    }
    if payload:
        changed["payload"] = payload
    fresh = {"kind": kind, "subject": subject, "payload": payload, "state": "due", "due_at": moment, "attempts": 0}
    statement = ground.insert(tasks).values(**fresh, is_woken=False, last_error="")
    ground.connection.execute(statement.on_conflict_do_update(index_elements=["kind", "subject"], set_=changed))
