from __future__ import annotations

from datetime import timedelta

from kit.rows import NOW
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork


def test_decisions_are_kept_with_who_and_why_and_forgotten_in_time(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        uow.decisions.add(NOW - timedelta(days=400), "block", "old.example")
        uow.decisions.add(NOW, "block", "b.example", by="https://a.example/personnes/p", reason="pourriel")
        uow.decisions.add(NOW, "unblock", "b.example")

    database.write_now(deed)
    newest, first, _ = database.read_now(lambda uow: uow.decisions.recent())
    assert (newest.deed, newest.by, newest.reason) == ("unblock", "", "")
    assert (first.deed, first.by, first.reason, first.at) == ("block", "https://a.example/personnes/p", "pourriel", NOW)
    assert database.write_now(lambda uow: uow.decisions.forget(NOW - timedelta(days=365))) == 1
    assert [row.subject for row in database.read_now(lambda uow: uow.decisions.recent())] == ["b.example"] * 2
