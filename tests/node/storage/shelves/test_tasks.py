from __future__ import annotations

from datetime import datetime, timedelta

from kit.rows import NOW, later
from node.storage.engine import Database
from node.storage.shelves.tasks import FEW, TaskRow
from node.storage.unit_of_work import UnitOfWork


def wake(database: Database, due_at: datetime | None = None, payload: str = "") -> None:
    database.write_now(lambda uow: uow.tasks.wake("fetch", "x", due_at, payload))


def claim(database: Database, now: datetime = NOW) -> TaskRow | None:
    return next(iter(database.write_now(lambda uow: uow.tasks.claim("fetch", now, "here/1/0", 5))), None)


def row(database: Database) -> TaskRow:
    found = database.read_now(lambda uow: uow.tasks.get("fetch", "x"))
    assert found is not None
    return found


def test_woken_often_done_once(database: Database) -> None:
    wake(database, payload='{"a": 1}')
    wake(database)
    claimed = claim(database)
    assert claimed is not None
    assert claimed.payload == '{"a": 1}'
    assert claim(database) is None
    database.write_now(lambda uow: uow.tasks.finish(claimed, NOW))
    assert claim(database, later(days=9)) is None
    assert row(database).state == "done"


def test_woken_while_it_is_done_it_runs_again(database: Database) -> None:
    wake(database)
    claimed = claim(database)
    assert claimed is not None
    wake(database)
    assert claim(database) is None
    database.write_now(lambda uow: uow.tasks.finish(claimed, NOW))
    again = claim(database)
    assert again is not None
    database.write_now(lambda uow: uow.tasks.finish(again, NOW))
    assert claim(database) is None


def test_woken_while_it_fails_it_is_tried_at_once(database: Database) -> None:
    wake(database)
    claimed = claim(database)
    assert claimed is not None
    wake(database)
    database.write_now(lambda uow: uow.tasks.retry(claimed, later(3600), "no answer"))
    assert claim(database) is not None


def test_trying_again_later_with_what_was_learnt(database: Database) -> None:
    wake(database)
    claimed = claim(database)
    assert claimed is not None
    database.write_now(lambda uow: uow.tasks.retry(claimed, later(60), "no answer", payload='{"page": 2}'))
    assert claim(database, later(59)) is None
    again = claim(database, later(60))
    assert again is not None
    assert (again.attempts, again.last_error, again.payload) == (2, "no answer", '{"page": 2}')
    database.write_now(lambda uow: uow.tasks.keep_payload(again, '{"page": 3}'))
    assert row(database).payload == '{"page": 3}'


def test_parked_until_woken(database: Database) -> None:
    wake(database)
    claimed = claim(database)
    assert claimed is not None
    database.write_now(lambda uow: uow.tasks.park(claimed, "not approved", NOW))
    assert claim(database, later(days=9)) is None
    assert (row(database).state, row(database).last_error) == ("parked", "not approved")
    assert database.read_now(lambda uow: uow.tasks.counts()) == {"parked": 1}
    wake(database)
    again = claim(database)
    assert again is not None
    assert again.attempts == 1


def test_put_off_longer_from_try_to_try_until_it_is_given_up(database: Database) -> None:
    wake(database)
    now = NOW
    for minutes in (1, 5, 15):
        claimed = claim(database, now)
        assert claimed is not None
        database.write_now(lambda uow: uow.tasks.put_off(claimed, "no answer", now, is_final=False))  # noqa: B023 -- at once
        assert (row(database).state, row(database).last_error) == ("due", "no answer")
        assert row(database).due_at - now == timedelta(minutes=minutes)
        now = row(database).due_at
    last = claim(database, now)
    assert last is not None
    database.write_now(lambda uow: uow.tasks.put_off(last, "refused", now, is_final=True))
    found = row(database)
    assert (found.state, found.last_error, found.due_at, found.attempts) == ("parked", "refused", now, 4)


def test_due_at_the_earlier_moment(database: Database) -> None:
    wake(database, later(60))
    wake(database, later(120))
    assert row(database).due_at == later(60)
    wake(database, later(30))
    assert row(database).due_at == later(30)
    wake(database)
    assert claim(database) is not None


def test_listing(database: Database) -> None:
    wake(database)
    database.write_now(lambda uow: uow.tasks.wake("backfill", "A B"))
    assert database.read_now(lambda uow: [task.kind for task in uow.tasks.all()]) == ["fetch", "backfill"]
    assert database.read_now(lambda uow: [task.subject for task in uow.tasks.all("backfill")]) == ["A B"]
    assert database.read_now(lambda uow: uow.tasks.all(state="parked")) == []


def test_one_server_does_not_take_the_places_of_the_others(database: Database) -> None:
    def servers(n: int) -> list[str]:
        rows = database.write_now(lambda uow: uow.tasks.claim_apart("fetch", later(60), "here/1/0", n))
        return [row.subject.split("/")[2] for row in rows]

    def fill(uow: UnitOfWork) -> None:
        for number in range(40):
            uow.tasks.wake("fetch", f"https://lent.example/{number} x", NOW)
        for number in range(2):
            uow.tasks.wake("fetch", f"https://prompt.example/{number}", later(1))

    database.write_now(fill)
    first = servers(16)
    assert (first.count("lent.example"), first.count("prompt.example")) == (FEW, 2)
    assert servers(16) == [], "what is under way counts"
    assert servers(0) == []
    leased = database.read_now(lambda uow: [row for row in uow.tasks.all("fetch") if row.attempts])

    def finish(uow: UnitOfWork) -> None:
        for row in leased:
            uow.tasks.finish(row, later(60))

    database.write_now(finish)
    assert servers(3) == ["lent.example"] * 3
    assert servers(16) == ["lent.example"], "never more than a few, whatever there was room for"
