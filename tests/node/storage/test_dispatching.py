"""What may be sent now: a few places for those who fail, one for who is tried again, none for who rests; and who marks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from federation.delivery import Outcome
from kit.rows import HERE, NOW, activity, failed, later
from node.storage import dispatching
from node.storage.engine import Database
from node.storage.shelves.deliveries import DeliveryRow, Try
from node.storage.unit_of_work import UnitOfWork


def send(database: Database, *hosts: str, count: int = 1) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number in range(count):
            row = activity(f"{HERE}/activites/{number}-{hosts[0]}", f"{HERE}/r/{number}-{hosts[0]}")
            uow.outbox.add(row, [f"https://{host}/inbox" for host in hosts], at=NOW)

    database.write_now(deed)


def claimed(database: Database, n: int = 300, seconds: float = 0, owner: str = "here/1/0") -> list[DeliveryRow]:
    return database.write_now(lambda uow: uow.deliveries.claim(later(seconds), owner, n))


def test_those_who_failed_hold_a_part_of_the_places_at_most(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatching, "MOST_DOUBTFUL", 5)
    ill, well = [f"ill{number}.example" for number in range(20)], [f"well{number}.example" for number in range(20)]
    send(database, *ill, *well)
    database.write_now(lambda uow: [failed(uow, host, NOW, "no answer") for host in ill])
    hosts = [row.host for row in claimed(database, 30)]
    assert (sum(host in ill for host in hosts), sum(host in well for host in hosts)) == (5, 20)
    assert claimed(database, 30) == []


def test_after_a_pause_one_at_a_time(database: Database) -> None:
    send(database, "b.example", count=4)
    for _ in range(10):
        database.write_now(lambda uow: failed(uow, "b.example", NOW, "no answer"))
    assert claimed(database) == []
    minutes = 31 * 60
    assert len(claimed(database, seconds=minutes)) == 1
    assert claimed(database, seconds=minutes + 1) == []
    database.write_now(lambda uow: uow.peers.sent(["b.example"], later(minutes + 2)))
    assert len(claimed(database, seconds=minutes + 2)) == 1, "the first is still under way"


def test_a_pause_that_people_or_the_host_asked_for(database: Database) -> None:
    send(database, "a.example", "b.example", "c.example")
    database.write_now(lambda uow: uow.peers.put_measure("a.example", "paused", NOW))
    database.write_now(lambda uow: uow.peers.answered("b.example", Outcome(status=429, retry_after="7000"), NOW, "slowly"))
    assert [row.host for row in claimed(database)] == ["c.example"]
    assert [row.host for row in claimed(database, seconds=3700)] == ["c.example"], "its lease has run out"
    assert "b.example" in {row.host for row in claimed(database, seconds=7300)}
    database.write_now(lambda uow: uow.peers.put_measure("a.example", "", NOW))
    assert [row.host for row in claimed(database, seconds=11000)][:1] == ["a.example"]


def test_what_is_for_a_host_that_is_no_more_is_dropped_and_counted(database: Database) -> None:
    send(database, "b.example", count=3)
    for day in range(8):
        database.write_now(lambda uow, day=day: failed(uow, "b.example", later(day * 86400), "no answer"))  # type: ignore[misc]
    assert claimed(database, seconds=8 * 86400) == []
    assert database.read_now(lambda uow: uow.deliveries.counts()) == {"dropped": 3}
    send(database, "b.example:443", "B.example")
    database.write_now(lambda uow: uow.peers.heard("b.example", later(9 * 86400)))
    assert "b.example" in {row.host for row in claimed(database, seconds=9 * 86400)}


def test_many_rows_of_one_host_hide_no_other(database: Database) -> None:
    send(database, "full.example", count=200)
    send(database, "b.example")
    assert sorted(row.host for row in claimed(database, 10)) == ["b.example", "full.example", "full.example"]


def test_who_lost_the_lease_marks_nothing_l05(database: Database) -> None:
    send(database, "b.example")
    (stale,) = claimed(database, owner="here/1/0")
    (taken,) = claimed(database, seconds=61, owner="here/2/0")
    assert (stale.id, stale.attempts, taken.attempts) == (taken.id, 1, 2)

    def mark(row: DeliveryRow, status: int) -> dict[str, int]:
        done = Try(row=row, state="delivered" if status == 202 else "parked", status=status, reason="")
        database.write_now(lambda uow: uow.deliveries.settle([done], later(70)))
        return database.read_now(lambda uow: uow.deliveries.counts())

    assert mark(stale, 500) == {"due": 1}
    assert mark(taken, 202) == {"delivered": 1}
    assert mark(replace(stale, attempts=7), 500) == {"delivered": 1}
