"""Waking a task: the one statement that makes it due, or has it run again when it is being done."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, and_, bindparam, case, or_

from node.storage.ground import ALWAYS, Ground, insert
from node.storage.tables.columns import Moment
from node.storage.tables.tasks import tasks


def wake(ground: Ground, kind: str, subject: str, due_at: datetime | None = None, payload: str = "") -> None:
    """Makes the task of that kind and subject due, now or at `due_at` (no later than it is due already)."""
    statement = _statement(ground.dialect, has_payload=bool(payload))
    given = {"kind": kind, "subject": subject, "payload": payload, "due_at": due_at or ALWAYS}
    ground.connection.execute(statement, given | {"again_at": due_at or ALWAYS})


@cache
def _statement(dialect: str, *, has_payload: bool) -> Executable:
    """Made once: it is the most frequent change of all, and slow to put together."""
    moment = bindparam("again_at", type_=Moment())
    is_leased = tasks.c.leased_by.is_not(None)
    waits_shorter = and_(tasks.c.state == "due", or_(is_leased.is_(False), tasks.c.is_woken), tasks.c.due_at < moment)
    changed: dict[str, Any] = {
        "due_at": case((waits_shorter, tasks.c.due_at), else_=moment),
        "attempts": case((tasks.c.state == "due", tasks.c.attempts), else_=0),
        "is_woken": is_leased,
        "state": "due",
    }
    fresh = insert(tasks, dialect)
    if has_payload:
        changed["payload"] = fresh.excluded.payload
    names = ("kind", "subject", "payload", "due_at")
    values: dict[str, Any] = {name: bindparam(name, type_=tasks.c[name].type) for name in names}
    filled = fresh.values(**values, state="due", attempts=0, is_woken=False, last_error="")
    return filled.on_conflict_do_update(index_elements=["kind", "subject"], set_=changed)
