from __future__ import annotations

from datetime import timedelta

from kit.rows import HERE, NOW, THERE, put
from node.domain.errands import FETCH
from node.storage.engine import Database
from node.storage.reaching import Reach, reach
from node.storage.unit_of_work import UnitOfWork

OURS, THEIRS = f"{HERE}/communautes/a", f"{THERE}/communautes/b"


def asked(database: Database) -> Reach:
    def look(uow: UnitOfWork) -> Reach:
        link = uow.followings.get(OURS, THEIRS)
        assert link is not None
        return reach(uow, link, NOW)

    return database.read_now(look)


def test_what_still_waits_to_be_fetched_is_not_said_to_be_here(database: Database) -> None:
    database.write_now(lambda uow: uow.followings.put(OURS, THEIRS, activity=f"{OURS}/f", state="accepted", at=NOW))
    assert asked(database) == Reach(history="", until=None)
    database.write_now(lambda uow: uow.followings.mark_history(OURS, THEIRS, "complete"))
    database.write_now(lambda uow: uow.tasks.wake(FETCH, f"{THERE}/1 {THEIRS}", due_at=NOW))
    assert asked(database) == Reach(history="running", until=None)
    assert str(asked(database).words) == "Ce qui a été publié avant est en train d’arriver."

    def arrives(uow: UnitOfWork) -> None:
        put(uow, f"{THERE}/1", known={"community": THEIRS})
        uow.holdings.add(THEIRS, f"{THERE}/1", "own", NOW - timedelta(days=3))
        for task in uow.tasks.all(FETCH):
            uow.tasks.finish(task, NOW)

    database.write_now(arrives)
    assert asked(database) == Reach(history="complete", until=NOW - timedelta(days=3))
