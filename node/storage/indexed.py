"""How far the index of what is public is, as the rows know it: asked after every commit, and so in one prepared statement."""

from __future__ import annotations

from sqlalchemy import bindparam, cast, exists, literal, not_, select

from node.storage.prepared import Prepared
from node.storage.tables.changes import marks
from node.storage.tables.columns import BIG
from node.storage.tables.sessions import state
from node.storage.tables.tasks import tasks
from node.storage.unit_of_work import UnitOfWork

#: Under which name the last mark that is in the index is remembered.
KEY = "graph"


def is_behind(uow: UnitOfWork, kind: str) -> bool:
    """Whether something was touched since, and no task of that kind waits; false until it was indexed once."""
    return _BEHIND.row(uow.connection, kind_=kind) is not None


def set_mark(uow: UnitOfWork, mark: int) -> None:
    """Says how far it is."""
    uow.state.set(KEY, str(mark))


_KNOWN = select(cast(state.c.value, BIG)).where(state.c.key == KEY).scalar_subquery()
_WAITING = exists().where(tasks.c.kind == bindparam("kind_"), tasks.c.state != "done")
_BEHIND = Prepared(lambda _: select(literal(1).label("one")).where(exists().where(marks.c.id > _KNOWN), not_(_WAITING)))
