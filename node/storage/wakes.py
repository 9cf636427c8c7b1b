"""Waking a task: the one statement that makes it due, or has it run again when it is being done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, or_

from node.storage.ground import ALWAYS, Ground, insert
from node.storage.prepared import Prepared
from node.storage.tables.columns import Moment
from node.storage.tables.tasks import tasks

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def wake(ground: Ground, kind: str, subject: str, due_at: datetime | None = None, payload: str = "") -> None:
    """Makes the task of that kind and subject due, now or at `due_at` (no later than it is due already)."""
    at = due_at or ALWAYS
    woken = _WOKEN_WITH if payload else _WOKEN
    woken.run(ground.connection, kind=kind, subject=subject, payload=payload, due_at=at, again_at=at)


def _statement(dialect: str, *, has_payload: bool) -> sqlite.Insert | postgresql.Insert:
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
    return filled.on_conflict_do_update(index_elements=["kind", "subject"], set_=changed).inline()


#: The most frequent change of all.
_WOKEN = Prepared(lambda dialect: _statement(dialect, has_payload=False))
_WOKEN_WITH = Prepared(lambda dialect: _statement(dialect, has_payload=True))
