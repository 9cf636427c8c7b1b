"""Who follows whom is told to each server for itself, and what we hear of our own is brought in line without making followers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from federation.collections import Synchronization, digest, parse_synchronization, synchronization
from kit.guests import BOB, HERE, THERE, B, M, Stage, V
from node.domain.errands import SYNCHRONISE, Agreement
from node.storage.engine import Database
from node.storage.shelves.followings import State
from node.storage.synchronising import counted, followers_on, have_settled, is_news, settle

PARTIAL = f"{B}/followers_synchronization"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.know(B, followers=f"{B}/followers")
    return made


def follow(stage: Stage, follower: str, target: str, state: State = "accepted") -> None:
    stage.database.write_now(
        lambda uow: uow.followings.put(follower, target, activity=f"{follower}#f", state=state, at=stage.now)
    )


def headers(stage: Stage, inbox: str, document: bytes = b"") -> tuple[tuple[str, str], ...]:
    told = document or f'{{"cc":["{stage.community}/followers"]}}'.encode()
    return stage.database.write_now(lambda uow: counted(uow, stage.community)).headers(inbox, told)


def state(stage: Stage, follower: str = "") -> str:
    known = stage.database.read_now(lambda uow: uow.followings.get(follower or stage.community, B))
    return known.state if known is not None else ""


def brought_in_line(stage: Stage, listed: list[str], *, is_whole: bool = True) -> int:
    begun = stage.now
    return stage.database.write_now(lambda uow: settle(uow, stage.house(), B, listed, is_whole=is_whole, begun=begun))


def test_each_server_is_told_of_its_own_followers_alone(stage: Stage) -> None:
    for follower in (V, BOB, M):
        follow(stage, follower, stage.community)
    follow(stage, B, stage.community, "requested")
    ((name, value),) = headers(stage, f"{THERE}/inbox")
    said = parse_synchronization(value, stage.community)
    assert (name, said.collection) == ("Collection-Synchronization", f"{stage.community}/followers")
    assert (said.url, said.digest) == (f"{stage.community}/followers_synchronization", digest([V, BOB]))
    assert stage.database.read_now(lambda uow: followers_on(uow, stage.community, M)) == [M]
    assert headers(stage, "https://personne.example/inbox") == ()


def test_what_is_not_for_the_followers_says_nothing_of_them(stage: Stage) -> None:
    follow(stage, V, stage.community)
    assert headers(stage, f"{THERE}/inbox", b'{"to":["https://ailleurs.example/personnes/v"]}') == ()


def test_it_is_new_as_soon_as_somebody_comes_or_goes_and_a_pause_is_no_end(stage: Stage) -> None:
    follow(stage, V, stage.community)
    first = headers(stage, f"{THERE}/inbox")
    assert headers(stage, f"{THERE}/inbox") == first
    follow(stage, BOB, stage.community)
    second = headers(stage, f"{THERE}/inbox")
    stage.later(minutes=1)
    follow(stage, BOB, stage.community, "paused")
    assert headers(stage, f"{THERE}/inbox") == second != first
    stage.database.write_now(lambda uow: uow.followings.set_state(BOB, stage.community, "ended", stage.now))
    assert headers(stage, f"{THERE}/inbox") == first


def said(stage: Stage, value: str) -> Synchronization | None:
    return stage.database.read_now(lambda uow: is_news(uow, stage.house(), B, value))


def test_only_what_differs_and_is_of_the_sender_is_news(stage: Stage) -> None:
    stage.follows()
    other = Synchronization(collection=f"{B}/followers", url=PARTIAL, digest=digest([]))
    same = Synchronization(collection=f"{B}/followers", url=PARTIAL, digest=digest([stage.community]))
    assert said(stage, synchronization(other)) == other
    assert said(stage, synchronization(same)) is None
    strange = Synchronization(collection=f"{V}/followers", url=PARTIAL, digest=digest([]))
    assert said(stage, synchronization(strange)) is None
    assert said(stage, synchronization(other).replace(PARTIAL, "https://evil.example/x")) is None
    assert said(stage, "nonsense") is None


def test_a_sender_that_says_so_with_each_message_is_asked_once_an_hour(stage: Stage) -> None:
    other = Synchronization(collection=f"{B}/followers", url=PARTIAL, digest="0" * 64)
    stage.database.write_now(lambda uow: have_settled(uow, stage.house(), B, other))
    first = stage.database.read_now(lambda uow: uow.tasks.get(SYNCHRONISE, B))
    assert first is not None
    assert (Agreement.of(first.payload).url, first.due_at) == (PARTIAL, stage.now + timedelta(seconds=30))
    stage.later(minutes=1)
    (row,) = stage.database.write_now(lambda uow: uow.tasks.claim(SYNCHRONISE, stage.now, "x/1/1", 5))
    stage.database.write_now(lambda uow: uow.tasks.finish(row, stage.now))
    stage.database.write_now(lambda uow: have_settled(uow, stage.house(), B, other))
    second = stage.database.read_now(lambda uow: uow.tasks.get(SYNCHRONISE, B))
    assert second is not None
    assert second.due_at == stage.now + timedelta(hours=1)


def test_an_awaited_link_that_they_count_holds(stage: Stage) -> None:
    stage.follows(state="requested")
    assert brought_in_line(stage, [stage.community]) == 1
    assert state(stage) == "accepted"
    assert stage.tasks("backfill") == [f"{stage.community} {B}"]


def test_a_follower_that_we_do_not_know_is_undone_and_never_made(stage: Stage) -> None:
    assert brought_in_line(stage, [stage.community, f"{HERE}/personnes/jamais-vue", V]) == 1
    assert state(stage) == ""
    (sent,) = stage.sent()
    assert (sent["type"], sent["actor"]) == ("Undo", stage.community)
    assert (sent["object"]["type"], sent["object"]["actor"], sent["object"]["object"]) == ("Follow", stage.community, B)


@pytest.mark.parametrize("before", ["ended", "refused"])
def test_a_link_that_was_over_is_undone_by_its_own_follow(stage: Stage, before: State) -> None:
    follow(stage, stage.community, B, before)
    assert brought_in_line(stage, [stage.community]) == 1
    assert state(stage) == before
    assert stage.sent()[0]["object"]["id"] == f"{stage.community}#f"


def test_a_link_that_they_do_not_count_ends_and_is_not_asked_for_anew(stage: Stage) -> None:
    stage.follows()
    stage.later(minutes=1)
    assert brought_in_line(stage, [], is_whole=False) == 0
    assert state(stage) == "accepted", "a list that is not whole ends nothing"
    assert brought_in_line(stage, []) == 1
    assert (state(stage), stage.sent()) == ("ended", [])


def test_a_link_that_came_about_meanwhile_stays(stage: Stage) -> None:
    stage.follows()
    assert brought_in_line(stage, []) == 0
    assert state(stage) == "accepted"


def test_a_link_on_pause_here_stays_so(stage: Stage) -> None:
    follow(stage, stage.community, B, "paused")
    stage.later(minutes=1)
    assert brought_in_line(stage, [stage.community]) == brought_in_line(stage, []) == 0
    assert (state(stage), stage.sent()) == ("paused", [])
