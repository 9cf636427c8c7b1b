from __future__ import annotations

import pytest

from kit.rows import HERE, NOW, THERE, later
from node.storage.engine import Database
from node.storage.shelves import submissions
from node.storage.unit_of_work import UnitOfWork

A, B = f"{HERE}/communautes/a", f"{HERE}/communautes/b"
ALI = f"{THERE}/personnes/ali"


def send(uow: UnitOfWork, number: int, *, community: str = A, author: str = ALI, body: bytes = b"{}") -> bool:
    thing, activity = f"{THERE}/ressources/{number}", f"{THERE}/activites/{number}-{body.hex()}"
    return uow.submissions.add(community, thing=thing, activity=activity, author=author, body=body, at=later(number))


def test_what_waits_is_listed_by_community_until_it_is_decided(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        assert send(uow, 1)
        assert send(uow, 2, community=B)
        (mine,) = uow.submissions.waiting(A)
        assert (mine.thing, mine.author, mine.state, mine.received_at) == (f"{THERE}/ressources/1", ALI, "waiting", later(1))
        assert [row.community for row in uow.submissions.waiting()] == [A, B]
        assert (uow.submissions.count(A), uow.submissions.count(THERE)) == (1, 0)
        uow.submissions.decide(mine.id, "refused", "mireille", NOW, "hors sujet")
        assert uow.submissions.waiting(A) == []
        row = uow.submissions.get(mine.id)
        assert row is not None
        assert (row.state, row.body, row.decided_by, row.decided_at, row.reason) == (
            "refused",
            b"",
            "mireille",
            NOW,
            "hors sujet",
        )
        assert uow.submissions.get(99) is None
        assert [row.id for row in uow.submissions.of_thing(mine.thing, "refused")] == [mine.id]

    database.write_now(deed)


def test_a_newer_version_takes_the_place_of_the_one_that_waits_and_only_its_author_s(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        send(uow, 1, body=b"old")
        before = uow.submissions.waiting(A)[0].id
        assert send(uow, 1, body=b"new")
        assert uow.submissions.waiting(A)[0].id > before, "whoever read the one before decides about nothing else"
        send(uow, 1, body=b"forged", author="somebody")
        assert [(row.author, row.body) for row in uow.submissions.waiting(A)] == [(ALI, b"new"), ("somebody", b"forged")]

    database.write_now(deed)


def test_one_author_fills_no_shelf(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "MOST_OF_ONE", 20)

    def deed(uow: UnitOfWork) -> None:
        assert [send(uow, number) for number in range(submissions.MOST_OF_ONE + 1)][-2:] == [True, False]
        assert send(uow, 100, author="somebody else")

    database.write_now(deed)


def test_nor_does_one_server_with_many_names(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "MOST_OF_SERVER", 20)

    def deed(uow: UnitOfWork) -> None:
        sent = [send(uow, number, author=f"{THERE}/personnes/{number}") for number in range(21)]
        assert sent == [True] * 20 + [False]
        assert send(uow, 100, author=f"{THERE}.example/personnes/ali")
        assert not send(uow, 101, author=f"{THERE}/personnes/encore")

    database.write_now(deed)
