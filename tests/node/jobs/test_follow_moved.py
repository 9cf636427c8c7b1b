"""Those who follow somebody who moved follow the new account once both say so: one hop, no chain, no loop, no open door."""

from __future__ import annotations

from typing import Any

import pytest

from federation.errors import Unreachable
from kit.guests import THERE, B, M, Stage, act
from node.jobs import follow_moved
from node.storage.engine import Database

NEW = f"{THERE}/communautes/nouvelle"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.follows()
    made.outside.documents = {B: group(B, movedTo=NEW), NEW: group(NEW, alsoKnownAs=[B])}
    return made


def group(iri: str, **more: Any) -> dict[str, Any]:
    return {"id": iri, "type": "Group", "inbox": f"{iri}/inbox", "preferredUsername": "x", **more}


async def move(stage: Stage, target: str = NEW) -> str:
    """Takes in the Move and has it worked; why it was set aside, "" when it was not."""
    await stage.receive(act("Move", B, B, target=target))
    await worked(stage)
    (task,) = stage.database.read_now(lambda uow: uow.tasks.all("follow_moved"))
    return task.last_error if task.state == "parked" else task.state


async def worked(stage: Stage) -> None:
    """Does what is due."""
    for row in stage.database.write_now(lambda uow: uow.tasks.claim("follow_moved", stage.now, "t", 9, follow_moved.LEASE)):
        await follow_moved.JOB.work(stage.tools, row)


def links(stage: Stage) -> dict[str, str]:
    return {link.target: link.state for link in stage.database.read_now(lambda uow: uow.followings.of(stage.community))}


async def test_the_new_one_is_asked_and_the_old_one_left(stage: Stage) -> None:
    assert await move(stage) == "done"
    assert links(stage) == {B: "ended", NEW: "requested"}
    assert [(each["type"], each["to"]) for each in stage.sent()] == [("Follow", [NEW]), ("Undo", [B])]
    assert stage.outside.asked == [B, NEW]
    row = stage.database.read_now(lambda uow: uow.actors.get(B))
    assert row is not None
    assert row.moved_to == NEW


async def test_a_link_that_is_there_already_stays(stage: Stage) -> None:
    stage.follows(NEW)
    assert await move(stage) == "done"
    assert links(stage) == {B: "ended", NEW: "accepted"}


@pytest.mark.parametrize(
    ("documents", "reason"),
    [
        ({NEW: group(NEW)}, "does not say that it is"),
        ({NEW: group(NEW, alsoKnownAs=[M])}, "does not say that it is"),
        ({NEW: group(NEW, alsoKnownAs=[B], movedTo=f"{THERE}/x")}, "has gone elsewhere"),
        ({NEW: group(NEW, alsoKnownAs=[B], movedTo=B)}, "has gone elsewhere"),
        ({B: group(B, movedTo=M)}, "has gone to"),
        ({NEW: {"id": NEW, "type": "Note", "content": "x"}}, "no actor"),
        ({NEW: group(M, alsoKnownAs=[B])}, "no actor"),
        ({B: {"id": B, "type": "Tombstone"}}, "no actor"),
    ],
)
async def test_otherwise_nothing_moves(stage: Stage, documents: dict[str, dict[str, Any]], reason: str) -> None:
    stage.outside.documents |= documents
    assert reason in await move(stage)
    assert links(stage) == {B: "accepted"}
    assert stage.sent() == []


async def test_a_server_that_nobody_here_opened_stays_closed_and_is_not_asked(stage: Stage) -> None:
    away = "https://loin.example/communautes/x"
    stage.outside.documents[away] = group(away, alsoKnownAs=[B])
    assert "loin.example" in await move(stage, away)
    assert (links(stage), stage.outside.asked) == ({B: "accepted"}, [])


async def test_where_all_may_come_it_is_followed_and_not_approved_thereby(memory: Database) -> None:
    stage = Stage(memory, mode="open")
    stage.follows()
    away = "https://loin.example/communautes/x"
    stage.outside.documents = {B: group(B), away: group(away, alsoKnownAs=[B])}
    assert await move(stage, away) == "done"
    assert links(stage) == {B: "ended", away: "requested"}
    assert not memory.read_now(lambda uow: uow.peers.is_approved("loin.example"))


async def test_a_silent_server_is_asked_again(stage: Stage) -> None:
    stage.outside.problems[NEW] = Unreachable()
    assert await move(stage) == "due"
    assert links(stage) == {B: "accepted"}


@pytest.mark.shows("ActivityPub", "Two accounts that move to one another, again and again, lead nobody in circles.")
async def test_two_that_move_to_one_another_lead_nobody_in_circles(stage: Stage) -> None:
    assert await move(stage) == "done"
    for old, new in ((NEW, B), (B, NEW), (NEW, B)):
        stage.outside.documents = {old: group(old, movedTo=new), new: group(new, alsoKnownAs=[old])}
        await stage.receive(act("Move", old, old, target=new))
        await worked(stage)
    assert links(stage) == {B: "ended", NEW: "requested"}
    assert [each["type"] for each in stage.sent()] == ["Follow", "Undo"]


async def test_whoever_may_not_follow_there_stays_and_keeps_nobody_from_going(stage: Stage) -> None:
    stage.database.write_now(
        lambda uow: uow.followings.put(stage.author, B, activity=f"{stage.author}/1", state="accepted", at=stage.now)
    )
    stage.outside.documents[NEW] = {**group(NEW, alsoKnownAs=[B]), "type": "Organization"}
    assert await move(stage) == "done"
    assert links(stage) == {B: "ended", NEW: "requested"}
    link = stage.database.read_now(lambda uow: uow.followings.get(stage.author, B))
    assert link is not None
    assert link.state == "accepted"


async def test_they_may_move_here(stage: Stage) -> None:
    from node.actions.move_actor import name_alias

    neighbour = stage.database.write_now(lambda uow: _community(uow, stage))
    stage.database.write_now(lambda uow: name_alias(uow, stage.house(), neighbour, B))
    stage.outside.documents[B] = group(B, movedTo=neighbour)
    assert await move(stage, neighbour) == "done"
    assert links(stage) == {B: "ended", neighbour: "accepted"}


def _community(uow: Any, stage: Stage) -> str:
    from kit.nodes import key_pair
    from node.actions.add_community import add_community

    return add_community(uow, stage.house(), "Voisine", keys=key_pair(5)).iri
