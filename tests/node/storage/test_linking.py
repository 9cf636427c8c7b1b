"""What hangs on a link: guests come and go with it, and nothing more leaves for somebody who left."""

from __future__ import annotations

import pytest

from kit.guests import BOB, THERE, B, Stage, V, act
from node.actions.answer_follower import refuse
from node.actions.moderate import suspend
from node.domain.entries import Audience
from node.domain.rights import ANIMATION, MEMBER
from node.domain.visibility import Reader, scope_of
from node.storage.engine import Database

SHARED = f"{THERE}/inbox"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    return made


def guests(stage: Stage) -> list[str]:
    return stage.database.read_now(lambda uow: uow.members.guests(stage.community, stage.now))


def waiting(stage: Stage) -> list[tuple[str, str]]:
    """The types of what waits, and for which inbox, without answers to a request."""
    rows = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    told = zip(rows, stage.sent(), strict=True)
    return [(body["type"], row.inbox) for row, body in told if body["type"] not in {"Accept", "Reject"}]


async def test_a_person_who_follows_is_a_guest_who_sees_nothing_hidden(stage: Stage) -> None:
    await stage.receive(act("Follow", V, stage.community))
    assert guests(stage) == [V]
    communities = stage.database.read_now(lambda uow: uow.members.communities_of(V, stage.now))
    assert scope_of(Reader(actor=V, communities=communities)).communities == frozenset()


async def test_a_community_that_follows_and_a_member_who_does_are_no_guests(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.members.join(V, stage.community, MEMBER, stage.now))
    await stage.receive(act("Follow", B, stage.community))
    await stage.receive(act("Follow", V, stage.community))
    assert guests(stage) == []
    await stage.receive(act("Undo", V, act("Follow", V, stage.community)))
    assert stage.database.read_now(lambda uow: uow.members.is_member(V, stage.community, stage.now))


@pytest.mark.parametrize("how", ["block", "suspend"])
async def test_what_waits_for_the_community_alone_does_not_leave_for_whoever_was_shut_out(stage: Stage, how: str) -> None:
    for member, role in ((V, MEMBER), (BOB, MEMBER), (stage.know(f"{THERE}/personnes/anim").iri, ANIMATION)):
        stage.database.write_now(lambda uow, member=member, role=role: uow.members.join(member, stage.community, role, stage.now))  # type: ignore[misc]
    stage.note("Entre nous", Audience.COMMUNITY)
    stage.note("Pour tout le monde")
    assert ("Create", f"{V}/inbox") in waiting(stage)
    if how == "block":
        await stage.receive(act("Block", f"{THERE}/personnes/anim", V, target=stage.community))
    else:
        stage.database.write_now(lambda uow: suspend(uow, stage.house(), V))
    assert waiting(stage) == [("Create", f"{THERE}/personnes/anim/inbox"), ("Create", f"{BOB}/inbox")]


async def test_a_person_who_waits_for_an_answer_is_nobody_yet(memory: Database) -> None:
    stage = Stage(memory)
    await stage.receive(act("Follow", V, stage.community))
    assert guests(stage) == []


@pytest.mark.parametrize("how", ["undo", "undo by id", "block", "delete", "refuse", "suspend"])
async def test_whoever_leaves_is_no_guest_and_gets_nothing_more(stage: Stage, how: str) -> None:
    follow = act("Follow", V, stage.community)
    await stage.receive(follow)
    stage.note("Une note")
    assert waiting(stage) == [("Announce", f"{V}/inbox")]
    match how:
        case "undo" | "undo by id":
            await stage.receive(act("Undo", V, follow if how == "undo" else follow["id"]))
        case "block":
            await stage.receive(act("Block", V, stage.community))
        case "delete":
            await stage.receive(act("Delete", V, V))
        case "refuse":
            stage.database.write_now(lambda uow: refuse(uow, stage.house(), V))
        case _:
            stage.database.write_now(lambda uow: suspend(uow, stage.house(), V))
    assert (guests(stage), waiting(stage)) == ([], [])
    assert [body["type"] for body in stage.sent()].count("Reject") == (how == "refuse")


async def test_what_waits_for_others_behind_the_same_inbox_still_leaves(stage: Stage) -> None:
    for person in (V, BOB):
        stage.know(person, shared_inbox=SHARED)
        await stage.receive(act("Follow", person, stage.community, ord(person[-1])))
    stage.note("Une note")
    await stage.receive(act("Undo", V, act("Follow", V, stage.community, ord(V[-1]))))
    assert waiting(stage) == [("Announce", SHARED)]
    await stage.receive(act("Undo", BOB, act("Follow", BOB, stage.community, ord(BOB[-1])), 2))
    assert waiting(stage) == []


async def test_asked_twice_and_taken_back_by_the_second_id_alone(stage: Stage) -> None:
    await stage.receive(act("Follow", V, stage.community, 1))
    await stage.receive(act("Follow", V, stage.community, 2))
    await stage.receive(act("Undo", V, act("Follow", V, "", 2)["id"]))
    assert guests(stage) == []
    link = stage.database.read_now(lambda uow: uow.followings.get(V, stage.community))
    assert link is not None
    assert link.state == "ended"
