"""Follow and its Undo: held, accepted, repeated, blocked, taken back."""

from __future__ import annotations

import pytest

from kit.guests import HERE, B, M, Stage, act
from node.storage.engine import Database
from node.storage.shelves.followings import FollowingRow


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def link(stage: Stage, follower: str = B) -> FollowingRow | None:
    return stage.database.read_now(lambda uow: uow.followings.get(follower, stage.community))


async def test_an_archipelago_holds_a_stranger_and_sends_nothing(stage: Stage) -> None:
    row = await stage.receive(act("Follow", B, stage.community))
    found = link(stage)
    assert (row.state, found and found.state, stage.sent()) == ("done", "requested", [])
    assert found is not None
    assert "approuvé" in found.note


async def test_an_approved_host_is_accepted_at_once_with_the_whole_follow_embedded(stage: Stage) -> None:
    stage.approve()
    await stage.receive(act("Follow", B, stage.community))
    (sent,) = stage.sent()
    assert (sent["type"], sent["actor"], sent["object"]["id"]) == ("Accept", stage.community, act("Follow", B, "")["id"])
    assert (sent["object"]["actor"], sent["object"]["object"]) == (B, stage.community)
    assert (found := link(stage)) is not None
    assert found.state == "accepted"


async def test_asking_again_is_accepted_again(stage: Stage) -> None:
    stage.approve()
    await stage.receive(act("Follow", B, stage.community, 1))
    await stage.receive(act("Follow", B, stage.community, 2))
    assert [sent["type"] for sent in stage.sent()] == ["Accept", "Accept"]


async def test_the_same_bytes_again_change_nothing_after_an_undo(stage: Stage) -> None:
    stage.approve()
    follow = act("Follow", B, stage.community)
    await stage.receive(follow)
    await stage.receive(act("Undo", B, follow))
    await stage.receive(follow)
    assert (found := link(stage)) is not None
    assert found.state == "ended"


@pytest.mark.parametrize("is_embedded", [True, False])
async def test_an_undo_that_overtakes_its_follow_wins(stage: Stage, *, is_embedded: bool) -> None:
    stage.approve()
    follow = act("Follow", B, stage.community)
    row = await stage.receive(act("Undo", B, follow if is_embedded else follow["id"]))
    await stage.receive(follow)
    assert (found := link(stage)) is not None
    # A bare id says nothing about whom it was meant for: the Follow that comes later counts.
    assert (row.state, found.state) == (("done", "ended") if is_embedded else ("ignored", "accepted"))


async def test_an_undo_by_bare_id_ends_the_link(stage: Stage) -> None:
    stage.approve()
    follow = act("Follow", B, stage.community)
    await stage.receive(follow)
    row = await stage.receive(act("Undo", B, follow["id"]))
    assert (found := link(stage)) is not None
    assert (row.state, found.state) == ("done", "ended")


@pytest.mark.parametrize("claimed", [B, M])
async def test_a_stranger_takes_nothing_back(stage: Stage, claimed: str) -> None:
    stage.approve()
    follow = act("Follow", B, stage.community)
    await stage.receive(follow)
    row = await stage.receive(act("Undo", M, {**follow, "actor": claimed}))
    assert (found := link(stage)) is not None
    assert (row.state, found.state) == ("refused", "accepted")


@pytest.mark.parametrize("target", [f"{HERE}/communautes/absente", M, HERE, f"{HERE}/ressources/1"])
async def test_whom_nobody_here_can_follow_is_refused(stage: Stage, target: str) -> None:
    stage.approve()
    row = await stage.receive(act("Follow", B, target))
    assert row.state == "refused"
    assert stage.database.read_now(lambda uow: uow.followings.all()) == []


async def test_two_objects_are_refused(stage: Stage) -> None:
    stage.approve()
    row = await stage.receive(act("Follow", B, [stage.community, HERE]))
    assert row.state == "refused"


async def test_a_follower_who_was_paused_stays_so(stage: Stage) -> None:
    stage.approve()
    await stage.receive(act("Follow", B, stage.community))
    stage.database.write_now(lambda uow: uow.followings.set_state(B, stage.community, "paused", stage.now))
    await stage.receive(act("Follow", B, stage.community, 2))
    assert (found := link(stage)) is not None
    assert found.state == "paused"


async def test_somebody_without_inbox_is_refused(stage: Stage) -> None:
    stage.approve()
    stage.know(B, inbox="")
    row = await stage.receive(act("Follow", B, stage.community))
    assert (row.state, link(stage)) == ("refused", None)
