"""Following: asked once, asked again, answered at once at home, ended; and never where it is blocked."""

from __future__ import annotations

import pytest

from federation.errors import UnacceptableAnswer
from kit.guests import HERE, B, Stage, act
from kit.nodes import key_pair
from node.actions.add_community import add_community
from node.actions.follow_community import find_actor, follow, unfollow
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.shelves.followings import FollowingRow


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def ask(stage: Stage, target: str = B, community: str = "") -> FollowingRow:
    return stage.database.write_now(lambda uow: follow(uow, stage.house(), community or stage.community, target))


def end(stage: Stage, target: str = B) -> FollowingRow:
    return stage.database.write_now(lambda uow: unfollow(uow, stage.house(), stage.community, target))


async def test_it_asks_and_trusts_whom_it_asks(stage: Stage) -> None:
    row = ask(stage)
    (sent,) = stage.sent()
    assert (row.state, sent["type"], sent["actor"], sent["object"], sent["id"]) == (
        "requested",
        "Follow",
        stage.community,
        B,
        row.activity,
    )
    assert stage.database.read_now(lambda uow: uow.peers.is_approved("ailleurs.example"))


async def test_asked_again_another_request_goes_out(stage: Stage) -> None:
    first, second = ask(stage), ask(stage)
    # Whoever takes in each id once would never answer the same one again.
    assert first.activity != second.activity
    assert [sent["id"] for sent in stage.sent()] == [first.activity, second.activity]
    await stage.receive(act("Accept", B, stage.sent()[0]))
    assert (row := stage.database.read_now(lambda uow: uow.followings.get(stage.community, B))) is not None
    assert row.state == "accepted"  # a late answer to the first counts: it was not taken back


async def test_it_ends_with_the_whole_request_taken_back_and_may_begin_anew(stage: Stage) -> None:
    first = ask(stage)
    assert end(stage).state == "ended"
    undo = stage.sent()[-1]
    assert (undo["type"], undo["object"]["id"], undo["object"]["object"]) == ("Undo", first.activity, B)
    with pytest.raises(NotFound):
        end(stage)
    again = ask(stage)
    assert (again.state, again.activity != first.activity) == ("requested", True)


async def test_between_two_of_ours_it_holds_at_once(stage: Stage) -> None:
    other = stage.database.write_now(lambda uow: add_community(uow, stage.house(), "Alimentation", keys=key_pair(3)))
    assert (ask(stage, other.iri).state, stage.sent()) == ("accepted", [])
    assert end(stage, other.iri).state == "ended"
    assert stage.sent() == []


async def test_what_is_there_already_is_told(stage: Stage) -> None:
    stage.follows()
    with pytest.raises(Conflict):
        ask(stage)


async def test_what_is_blocked_or_not_there_is_not_followed(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.peers.put_state("ailleurs.example", "blocked", stage.now))
    with pytest.raises(NotAllowed):
        ask(stage)
    with pytest.raises(NotFound):
        ask(stage, "https://ailleurs.example/communautes/absente")
    with pytest.raises(NotFound):
        ask(stage, B, community=f"{HERE}/communautes/absente")
    with pytest.raises(Invalid):
        ask(stage, stage.community)


async def test_an_actor_is_found_read_and_kept(stage: Stage) -> None:
    new = "https://ailleurs.example/communautes/nouvelle"
    stage.outside.documents[new] = {"id": new, "type": "Group", "name": "Nouvelle", "inbox": f"{new}/inbox"}
    row = await find_actor(stage.database, stage.outside, stage.house(), new)
    assert row.name == "Nouvelle"
    assert stage.database.read_now(lambda uow: uow.actors.get(new)) == row
    stage.outside.documents[new] = {"id": new, "type": "Note", "content": "x"}
    with pytest.raises(UnacceptableAnswer):
        await find_actor(stage.database, stage.outside, stage.house(), new)
    assert (await find_actor(stage.database, stage.outside, stage.house(), stage.community)).is_local
    with pytest.raises(NotFound):
        await find_actor(stage.database, stage.outside, stage.house(), f"{HERE}/communautes/absente")
