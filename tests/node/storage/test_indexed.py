"""How far the index is: behind once something was touched, and only while nobody is about to see to it."""

from __future__ import annotations

from datetime import UTC, datetime

from kit.rows import put
from node.storage.engine import Database
from node.storage.indexed import is_behind, set_mark
from node.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_it_is_behind_when_something_was_touched_since(database: Database) -> None:
    def behind(uow: UnitOfWork) -> bool:
        return is_behind(uow, "graph")

    database.write_now(lambda uow: put(uow, "https://b.example/r/1", "Hirondelle"))
    assert not database.read_now(behind), "never indexed: the worker begins by itself"
    database.write_now(lambda uow: set_mark(uow, 0))
    assert database.read_now(behind)
    database.write_now(lambda uow: uow.tasks.wake("graph", "all", due_at=NOW))
    assert not database.read_now(behind), "somebody is about to"
    [row] = database.write_now(lambda uow: uow.tasks.claim("graph", NOW, "a/1/0", 1))
    assert not database.read_now(behind)
    database.write_now(lambda uow: uow.tasks.finish(row, NOW))
    assert database.read_now(behind)
    database.write_now(lambda uow: set_mark(uow, uow.changes.last_mark()))
    assert not database.read_now(behind)
