"""Accept: only of a Follow that was sent, only by the one who was asked; then the repertoire is fetched."""

from __future__ import annotations

import pytest

from kit.guests import BOB, HERE, B, M, Stage, act
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def follow(stage: Stage, target: str = B) -> dict[str, str]:
    return {"id": f"{HERE}/activites/f", "type": "Follow", "actor": stage.community, "object": target}


def state(stage: Stage) -> str:
    row = stage.database.read_now(lambda uow: uow.followings.get(stage.community, B))
    return row.state if row else ""


async def test_the_one_who_was_asked_accepts_and_the_repertoire_is_read(stage: Stage) -> None:
    stage.follows(state="requested")
    row = await stage.receive(act("Accept", B, follow(stage)))
    assert (row.state, state(stage), stage.tasks("backfill")) == ("done", "accepted", [f"{stage.community} {B}"])


@pytest.mark.parametrize("by_id", [True, False])
async def test_a_bare_id_or_other_ids_are_understood(stage: Stage, *, by_id: bool) -> None:
    stage.follows(state="requested")
    about = f"{HERE}/activites/f" if by_id else {**follow(stage), "id": f"{HERE}/activites/unknown"}
    await stage.receive(act("Accept", B, about))
    assert state(stage) == "accepted"


@pytest.mark.parametrize("impostor", [M, BOB])
async def test_nobody_else_accepts_or_refuses(stage: Stage, impostor: str) -> None:
    stage.follows(state="requested")
    for number, kind in enumerate(("Accept", "Reject")):
        row = await stage.receive(act(kind, impostor, follow(stage), number))
        assert (row.state, state(stage)) == ("refused", "requested")


async def test_a_follow_that_was_never_sent_is_not_accepted(stage: Stage) -> None:
    row = await stage.receive(act("Accept", B, follow(stage)))
    assert (row.state, state(stage)) == ("refused", "")


async def test_a_follow_of_somebody_elsewhere_is_none_of_ours(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.followings.put(M, B, activity=f"{M}/f", state="requested", at=stage.now))
    row = await stage.receive(act("Accept", B, {"id": f"{M}/f", "type": "Follow", "actor": M, "object": B}))
    assert row.state == "refused"


async def test_what_has_ended_is_not_accepted(stage: Stage) -> None:
    stage.follows(state="ended")
    row = await stage.receive(act("Accept", B, follow(stage)))
    assert (row.state, state(stage), stage.tasks("backfill")) == ("refused", "ended", [])


async def test_accepted_anew_what_was_missed_is_compared_and_not_all_read_again(stage: Stage) -> None:
    stage.follows(state="accepted")
    row = await stage.receive(act("Accept", B, follow(stage)))
    assert (row.state, stage.tasks("backfill"), stage.tasks("catch_up")) == ("done", [], [f"{stage.community} {B}"])
