from __future__ import annotations

from node.storage.engine import Database


def test_what_was_set_last_is_kept(database: Database) -> None:
    assert database.read_now(lambda uow: uow.state.get("key")) is None
    database.write_now(lambda uow: uow.state.set("key", "a"))
    database.write_now(lambda uow: uow.state.set("key", "b"))
    assert database.read_now(lambda uow: uow.state.get("key")) == "b"
