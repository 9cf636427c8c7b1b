from __future__ import annotations

import pytest

from kit.rows import NOW
from node.storage.engine import Database
from node.storage.shelves import refusals
from node.storage.unit_of_work import UnitOfWork


def test_the_newest_are_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "KEPT", 3)

    def deed(uow: UnitOfWork) -> None:
        for number in range(5):
            uow.refusals.add(NOW, 401, f"reason {number}", "b.example", actor="a", excerpt=b"\x00\xff" * 2_000)

    database.write_now(deed)
    kept = database.read_now(lambda uow: uow.refusals.recent())
    assert [row.reason for row in kept] == ["reason 4", "reason 3", "reason 2"]
    assert (kept[0].status, kept[0].host, kept[0].actor, kept[0].activity) == (401, "b.example", "a", "")
    assert kept[0].excerpt == b"\x00\xff" * 1_000
    assert len(database.read_now(lambda uow: uow.refusals.recent(1))) == 1
