from __future__ import annotations

from dataclasses import replace

import pytest

from kit.rows import HERE, NOW, activity
from node.errors import Conflict, NotFound
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

ACTOR = f"{HERE}/communautes/a"


def fill(uow: UnitOfWork) -> None:
    for number in range(5):
        row = activity(f"{HERE}/activites/{number}", f"{HERE}/r/{number % 2}")
        uow.outbox.add(replace(row, audience="community") if number == 3 else row, [], at=NOW)


def test_what_an_actor_did_newest_first(database: Database) -> None:
    database.write_now(fill)

    def look(uow: UnitOfWork) -> None:
        first = uow.outbox.of(ACTOR, limit=2)
        assert [row.iri[-1] for row in first] == ["4", "2"]
        assert [row.iri[-1] for row in uow.outbox.of(ACTOR, before=first[-1].seq)] == ["1", "0"]
        assert [row.iri[-1] for row in uow.outbox.of(ACTOR, scope_public_only=False)] == ["4", "3", "2", "1", "0"]
        assert (uow.outbox.count(ACTOR), uow.outbox.count(ACTOR, scope_public_only=False)) == (4, 5)
        assert [row.iri[-1] for row in uow.outbox.about(f"{HERE}/r/1")] == ["1", "3"]
        one = uow.outbox.get(f"{HERE}/activites/0")
        assert one is not None
        assert replace(one, seq=0) == activity(f"{HERE}/activites/0", f"{HERE}/r/0")

    database.read_now(look)


def test_an_activity_is_written_once(database: Database) -> None:
    database.write_now(fill)
    with pytest.raises(Conflict):
        database.write_now(fill)


def test_sending_again(database: Database) -> None:
    database.write_now(fill)
    database.write_now(lambda uow: uow.outbox.deliver_again(f"{HERE}/activites/1", ["https://b.example/i"], NOW))
    assert database.read_now(lambda uow: [row.activity[-1] for row in uow.deliveries.waiting()]) == ["1"]
    with pytest.raises(NotFound):
        database.write_now(lambda uow: uow.outbox.deliver_again("x", ["https://b.example/i"], NOW))
