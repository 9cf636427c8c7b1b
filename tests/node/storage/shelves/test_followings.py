from __future__ import annotations

import pytest

from kit.rows import NOW, later
from node.errors import NotFound
from node.storage.engine import Database
from node.storage.shelves.followings import State
from node.storage.unit_of_work import UnitOfWork

A, B, C = "https://a.example/c", "https://b.example/c", "https://c.example/c"


def test_the_life_of_a_link(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        asked = uow.followings.put(A, B, activity="f1", state="requested", at=NOW)
        assert (asked.state, asked.requested_at, asked.answered_at) == ("requested", NOW, None)
        uow.followings.set_state(A, B, "accepted", later(1), note="bienvenue")
        uow.followings.mark_synced(A, B, later(2))
        link = uow.followings.get(A, B)
        assert link is not None
        assert (link.state, link.answered_at, link.note, link.synced_at) == ("accepted", later(1), "bienvenue", later(2))
        uow.followings.set_state(A, B, "ended", later(3))
        link = uow.followings.get(A, B)
        assert link is not None
        assert (link.requested_at, link.answered_at, link.ended_at) == (NOW, later(1), later(3))
        again = uow.followings.put(A, B, activity="f2", state="requested", at=later(4))
        assert (again.id, again.activity) == (link.id, "f2")
        assert (again.requested_at, again.answered_at, again.ended_at, again.synced_at) == (later(4), None, None, None)
        assert uow.followings.by_activity("f2") == again
        assert uow.followings.by_activity("f1") is None

    database.write_now(deed)


def test_lists(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        uow.followings.put(A, B, activity="1", state="accepted", at=NOW)
        uow.followings.put(A, C, activity="2", state="requested", at=NOW)
        uow.followings.put(C, B, activity="3", state="accepted", at=NOW)

    database.write_now(deed)

    def look(uow: UnitOfWork) -> None:
        assert [link.target for link in uow.followings.of(A)] == [B, C]
        assert [link.target for link in uow.followings.of(A, "accepted")] == [B]
        assert [link.follower for link in uow.followings.to(B)] == [A, C]
        assert [link.activity for link in uow.followings.all("requested")] == ["2"]
        assert len(uow.followings.all()) == 3

    database.read_now(look)


def test_no_link_no_state(database: Database) -> None:
    with pytest.raises(NotFound):
        database.write_now(lambda uow: uow.followings.set_state(A, B, "accepted", NOW))


STATES: tuple[State, ...] = ("accepted", "ended", "requested", "refused", "accepted")


def test_a_server_is_reached_by_what_somebody_follows_or_asked_to_follow_there(database: Database) -> None:
    def deed(uow: UnitOfWork) -> list[bool]:
        assert not uow.followings.reaches("serveur0.example")
        for number, state in enumerate(STATES):
            target = f"https://Serveur{number}.example:443/communautes/a"
            for follower in (A, B):
                uow.followings.put(follower, target, activity=f"{number} {follower}", state=state, at=NOW)
        return [uow.followings.reaches(f"serveur{number}.example") for number in range(6)]

    assert database.write_now(deed) == [True, False, True, False, True, False]
