"""Join and its Undo: accepted, held, full, ignored, repeated, taken back, forged."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import BOB, HERE, M, Stage, V, act
from kit.planning import meeting
from node.actions.answer_participant import decline
from node.domain.entries import Audience
from node.domain.participation import State
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.approve()
    return stage


def state(stage: Stage, event: str, person: str = V) -> State | None:
    row = stage.database.read_now(lambda uow: uow.participations.get(event, person))
    return row.state if row is not None else None


def answers(stage: Stage) -> list[Any]:
    return [sent for sent in stage.sent() if sent["type"] in {"Accept", "Reject", "Ignore"}]


async def test_somebody_is_let_in_with_the_whole_join_embedded(stage: Stage) -> None:
    event = meeting(stage)
    row = await stage.receive(act("Join", V, event))
    assert (row.state, state(stage, event)) == ("done", State.ACCEPTED)
    (sent,) = answers(stage)
    assert (sent["type"], sent["actor"], sent["to"]) == ("Accept", stage.author, [V])
    assert (sent["object"]["id"], sent["object"]["actor"], sent["object"]["object"]) == (act("Join", V, event)["id"], V, event)


async def test_the_event_may_stand_as_target(stage: Stage) -> None:
    event = meeting(stage)
    join = {**act("Join", V, None), "target": event}
    del join["object"]
    await stage.receive(join)
    assert state(stage, event) is State.ACCEPTED


async def test_asking_again_is_accepted_again_and_counted_once(stage: Stage) -> None:
    event = meeting(stage)
    for number in (1, 2):
        await stage.receive(act("Join", V, event, number))
    assert [sent["type"] for sent in answers(stage)] == ["Accept", "Accept"]
    assert stage.database.read_now(lambda uow: uow.participations.count(event)) == 1


async def test_a_restricted_event_holds_and_says_nothing_yet(stage: Stage) -> None:
    event = meeting(stage, join_mode="restricted")
    await stage.receive(act("Join", V, event))
    assert (state(stage, event), answers(stage)) == (State.REQUESTED, [])


async def test_a_full_event_rejects_and_holds_it_against_nobody(stage: Stage) -> None:
    event = meeting(stage, maximum_attendee_capacity=1)
    await stage.receive(act("Join", V, event))
    await stage.receive(act("Join", BOB, event, 2))
    assert (state(stage, event, BOB), [sent["type"] for sent in answers(stage)]) == (None, ["Accept", "Reject"])
    await stage.receive(act("Leave", V, event))
    await stage.receive(act("Join", BOB, event, 3))
    assert state(stage, event, BOB) is State.ACCEPTED


@pytest.mark.parametrize("mode", ["none", "external"])
async def test_an_event_that_takes_no_requests_ignores_by_the_id_of_the_join(stage: Stage, mode: str) -> None:
    event = meeting(stage, join_mode=mode)
    join = act("Join", V, event)
    row = await stage.receive(join)
    (sent,) = answers(stage)
    assert (row.state, sent["type"], sent["object"], state(stage, event)) == ("ignored", "Ignore", join["id"], None)


async def test_who_was_refused_by_hand_is_not_let_in_by_asking_again(stage: Stage) -> None:
    event = meeting(stage)
    await stage.receive(act("Join", V, event))
    stage.database.write_now(lambda uow: decline(uow, stage.house(), event, V))
    await stage.receive(act("Join", V, event, 2))
    assert state(stage, event) is State.REQUESTED


@pytest.mark.parametrize("kind", ["Leave", "Undo"])
async def test_nor_by_taking_back_the_second_request_and_asking_a_third_time(stage: Stage, kind: str) -> None:
    event = meeting(stage)
    await stage.receive(act("Join", V, event))
    stage.database.write_now(lambda uow: decline(uow, stage.house(), event, V))
    second = act("Join", V, event, 2)
    await stage.receive(second)
    await stage.receive(act(kind, V, event if kind == "Leave" else second))
    assert state(stage, event) is State.REFUSED
    assert (await stage.receive(act("Join", V, event, 3))).state == "done"
    assert state(stage, event) is State.REQUESTED


async def test_a_refusal_outlasts_a_time_in_which_the_event_was_full(stage: Stage) -> None:
    event = meeting(stage, maximum_attendee_capacity=1)
    await stage.receive(act("Join", V, event))
    stage.database.write_now(lambda uow: decline(uow, stage.house(), event, V))
    await stage.receive(act("Join", V, event, 2))
    await stage.receive(act("Join", BOB, event, 3))
    await stage.receive(act("Join", V, event, 4))
    await stage.receive(act("Leave", BOB, event, 5))
    await stage.receive(act("Join", V, event, 6))
    assert state(stage, event) is State.REQUESTED


@pytest.mark.parametrize("is_embedded", [True, False])
async def test_an_undo_ends_it(stage: Stage, *, is_embedded: bool) -> None:
    event = meeting(stage)
    join = act("Join", V, event)
    await stage.receive(join)
    row = await stage.receive(act("Undo", V, join if is_embedded else join["id"]))
    assert (row.state, state(stage, event)) == ("done", State.ENDED)


async def test_an_undo_that_overtakes_its_join_wins(stage: Stage) -> None:
    event = meeting(stage)
    join = act("Join", V, event)
    await stage.receive(act("Undo", V, join))
    row = await stage.receive(join)
    assert (row.state, state(stage, event), answers(stage)) == ("ignored", State.ENDED, [])


async def test_nobody_takes_back_the_place_of_another(stage: Stage) -> None:
    event = meeting(stage)
    join = act("Join", V, event)
    await stage.receive(join)
    await stage.receive(act("Undo", BOB, {**join, "actor": BOB}))
    await stage.receive(act("Undo", BOB, join["id"], 2))
    await stage.receive(act("Leave", BOB, event))
    assert state(stage, event) is State.ACCEPTED


@pytest.mark.parametrize("audience", [Audience.COMMUNITY, Audience.SELF])
async def test_an_event_that_may_not_be_seen_is_as_one_that_is_not_there(stage: Stage, audience: Audience) -> None:
    hidden = meeting(stage, audience=audience)
    first = await stage.receive(act("Join", V, hidden))
    second = await stage.receive(act("Join", V, f"{HERE}/rencontres/jamaisvue", 2))
    assert (first.state, first.reason) == (second.state, second.reason) == ("refused", "There is no event of that address here.")
    assert (answers(stage), state(stage, hidden)) == ([], None)


async def test_what_is_no_event_cannot_be_joined(stage: Stage) -> None:
    note = stage.note("Une note").iri
    for number, about in enumerate((note, f"{M}/events/1", V)):
        row = await stage.receive(act("Join", V, about, number))
        assert row.state == "refused"


async def test_a_stranger_does_not_join_in_an_archipelago(stage: Stage) -> None:
    event = meeting(stage)
    row = await stage.receive(act("Join", M, event))
    assert (row.state, state(stage, event, M)) == ("refused", None)
