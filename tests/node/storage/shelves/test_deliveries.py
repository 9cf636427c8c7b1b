from __future__ import annotations

from datetime import datetime

import pytest

from kit.rows import HERE, NOW, activity, failed, later
from node.errors import NotFound
from node.storage.engine import Database
from node.storage.shelves.deliveries import DeliveryRow
from node.storage.unit_of_work import UnitOfWork

THING = f"{HERE}/ressources/1"


def send(uow: UnitOfWork, name: str, *inboxes: str, object: str = THING, type: str = "Create") -> str:  # noqa: A002
    iri = f"{HERE}/activites/{name}"
    uow.outbox.add(activity(iri, object, type=type), inboxes, at=NOW)
    return iri


def claimed(database: Database, n: int = 50, now: datetime = NOW) -> list[DeliveryRow]:
    return database.write_now(lambda uow: uow.deliveries.claim(now, "here/1/0", n))


def names(rows: list[DeliveryRow]) -> list[str]:
    return [row.activity.rpartition("/")[2] for row in rows]


def done(database: Database, rows: list[DeliveryRow], state: str = "delivered") -> None:
    def deed(uow: UnitOfWork) -> None:
        for row in rows:
            uow.deliveries.finish(row.id, state, 202, "", NOW)  # type: ignore[arg-type]

    database.write_now(deed)


def test_one_delivery_per_distinct_inbox_with_the_bytes_as_written(database: Database) -> None:
    database.write_now(
        lambda uow: send(uow, "1", "https://b.example/inbox", "https://B.example/inbox2", "https://b.example/inbox")
    )
    rows = claimed(database)
    assert [(row.inbox, row.host, row.attempts, row.state) for row in rows] == [
        ("https://b.example/inbox", "b.example", 1, "due"),
        ("https://B.example/inbox2", "b.example", 1, "due"),
    ]
    written = activity(f"{HERE}/activites/1", THING).document
    assert database.read_now(lambda uow: uow.deliveries.document(rows[0])) == written
    assert database.read_now(lambda uow: uow.things.recipients(THING)) == ["https://B.example/inbox2", "https://b.example/inbox"]


def test_two_at_a_time_per_host(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number in range(5):
            send(uow, f"{number}", "https://b.example/inbox", "https://c.example/inbox", object=f"{THING}{number}")

    database.write_now(deed)
    first = claimed(database)
    assert sorted((row.host, name) for row, name in zip(first, names(first), strict=True)) == [
        ("b.example", "0"),
        ("b.example", "1"),
        ("c.example", "0"),
        ("c.example", "1"),
    ]
    assert claimed(database) == []
    done(database, [row for row in first if row.host == "b.example"][:1])
    assert [(row.host, row.activity[-1]) for row in claimed(database)] == [("b.example", "2")]


def test_in_order_for_one_object_at_one_host(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        send(uow, "create", "https://b.example/1", "https://b.example/2", "https://c.example/inbox")
        send(uow, "update", "https://b.example/1", "https://c.example/inbox", type="Update")
        send(uow, "other", "https://c.example/inbox", object=f"{THING}0")

    database.write_now(deed)
    first = claimed(database)
    assert sorted(names(first)) == ["create", "create", "create", "other"]
    done(database, [row for row in first if row.host == "c.example"])
    second = claimed(database)
    assert [(row.host, *names([row])) for row in second] == [("c.example", "update")]
    done(database, second)
    # a first one that failed still goes before the second
    [one, two] = [row for row in first if row.host == "b.example"]
    done(database, [two])
    database.write_now(lambda uow: uow.deliveries.finish(one.id, "due", 500, "sorry", NOW, due_at=later(60)))
    assert claimed(database, now=later(30)) == []
    assert names(claimed(database, now=later(60))) == ["create"]
    done(database, [one], state="parked")
    assert names(claimed(database, now=later(60))) == ["update"]


def test_activities_about_nothing_do_not_wait_for_one_another(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        send(uow, "1", "https://b.example/inbox", object="")
        send(uow, "2", "https://b.example/inbox", object="")

    database.write_now(deed)
    assert names(claimed(database)) == ["1", "2"]
    assert database.read_now(lambda uow: uow.things.recipients("")) == []


@pytest.mark.parametrize("blocked", ["b.example", "example", "B.example."])
def test_blocked_hosts_get_nothing(database: Database, blocked: str) -> None:
    database.write_now(lambda uow: send(uow, "1", "https://a.b.example:8443/inbox", "https://ab.test/inbox"))
    database.write_now(lambda uow: uow.peers.put_state(blocked, "blocked", NOW))
    assert [row.host for row in claimed(database)] == ["ab.test"]
    # what was meant for it is not kept for later
    database.write_now(lambda uow: uow.peers.put_state(blocked, "unknown", NOW))
    assert claimed(database) == []
    assert database.read_now(lambda uow: uow.deliveries.counts()) == {"due": 1, "dropped": 1}


def test_hosts_that_are_left_alone_are_tried_again_once_heard_of(database: Database) -> None:
    database.write_now(lambda uow: send(uow, "1", "https://b.example/inbox"))
    [row] = claimed(database)

    def fail(uow: UnitOfWork) -> None:
        uow.deliveries.finish(row.id, "due", None, "refused", NOW, due_at=later(5))
        for _ in range(10):
            failed(uow, "b.example", NOW, "refused")

    database.write_now(fail)
    assert claimed(database, now=later(10)) == []
    database.write_now(lambda uow: uow.peers.heard("b.example", later(1)))
    assert names(claimed(database, now=later(1))) == ["1"]


def test_what_was_never_sent_can_be_dropped(database: Database) -> None:
    database.write_now(lambda uow: send(uow, "create", "https://b.example/inbox", "https://c.example/inbox"))
    [underway] = claimed(database, n=1)
    assert database.write_now(lambda uow: uow.deliveries.drop_undelivered(THING, "c.example")) == (underway.host != "c.example")
    assert database.write_now(lambda uow: uow.deliveries.drop_undelivered(THING)) == (underway.host == "c.example")
    assert database.read_now(lambda uow: uow.deliveries.counts()) == {"due": 1, "dropped": 1}


def test_a_deletion_takes_the_place_of_what_was_never_sent(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        send(uow, "create", "https://b.example/inbox")
        send(uow, "other", "https://b.example/inbox", object=f"{THING}0")
        send(uow, "delete", "https://b.example/inbox", type="Delete")

    database.write_now(deed)
    assert names(claimed(database)) == ["other", "delete"]


def test_waiting_retrying_dropping_by_host(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        send(uow, "1", "https://b.example/inbox", "https://c.example/inbox")
        uow.deliveries.finish(1, "parked", 410, "gone", NOW)

    database.write_now(deed)
    parked = database.read_now(lambda uow: uow.deliveries.parked())
    assert [(row.state, row.last_status, row.last_error, row.done_at) for row in parked] == [("parked", 410, "gone", NOW)]
    assert database.read_now(lambda uow: [row.host for row in uow.deliveries.waiting()]) == ["c.example"]
    assert database.read_now(lambda uow: uow.deliveries.waiting("b.example")) == []
    assert database.write_now(lambda uow: uow.deliveries.retry("B.example", later(5))) == 1
    assert claimed(database, now=later(4))[0].host == "c.example"
    assert database.write_now(lambda uow: uow.deliveries.drop_host("b.example")) == 1
    assert database.write_now(lambda uow: uow.deliveries.drop_inbox("https://b.example/inbox")) == 0
    assert database.write_now(lambda uow: uow.deliveries.retry(None, NOW)) == 0


def test_a_document_that_is_not_there(database: Database) -> None:
    database.write_now(lambda uow: send(uow, "1", "https://b.example/inbox"))
    [row] = claimed(database)
    broken = DeliveryRow(**{name: getattr(row, name) for name in row.__slots__} | {"activity": "x"})
    with pytest.raises(NotFound):
        database.read_now(lambda uow: uow.deliveries.document(broken))
