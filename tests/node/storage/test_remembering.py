"""What was worked out is kept until the rows change, and not for ever."""

from __future__ import annotations

from node.storage.engine import Database
from node.storage.remembering import KEPT, remembered, state_of
from node.storage.unit_of_work import UnitOfWork


def test_it_is_made_once_for_each_stamp(database: Database) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(0)
        return len(made)

    def look(uow: UnitOfWork, stamp: int) -> int:
        return remembered(uow.ground, "key", stamp, make)

    assert database.write_now(lambda uow: [look(uow, stamp) for stamp in (1, 1, 2, 2, 1)]) == [1, 1, 2, 2, 3]


def test_only_so_much_is_kept(database: Database) -> None:
    def look(uow: UnitOfWork) -> int:
        for number in range(KEPT + 5):
            remembered(uow.ground, ("few", number), 0, lambda: 0)
        return len(uow.connection.info["remembered"])

    assert database.write_now(look) == KEPT


def test_the_state_changes_with_every_commit_and_with_nothing_else(database: Database) -> None:
    look = lambda uow: state_of(uow.ground)  # noqa: E731 - said where it is used
    first = database.write_now(look)
    assert database.write_now(look) == first
    database.write_now(lambda uow: uow.state.set("a", "b"))
    assert database.write_now(look) != first


def test_a_change_is_seen_within_the_deed_that_makes_it(database: Database) -> None:
    def deed(uow: UnitOfWork) -> bool:
        before = state_of(uow.ground)
        uow.state.set("a", "b")
        return state_of(uow.ground) != before

    assert database.write_now(deed) or database.url.get_backend_name() == "postgresql"
