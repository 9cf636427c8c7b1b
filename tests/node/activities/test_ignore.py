"""Accept, Reject and Ignore about a Join that somebody here sent: believed only of those who answer for the event."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import BOB, THERE, B, M, Stage, V, act
from node.actions.take_part import find_event, participate, stay_away
from node.domain.participation import State
from node.storage.engine import Database
from vocab.namespaces import PUBLIC

EVENT = f"{THERE}/rencontres/7"


@pytest.fixture
async def stage(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.approve()
    stage.outside.documents[EVENT] = {
        "id": EVENT,
        "type": "Event",
        "name": "Fête",
        "startTime": "2026-12-24T20:00:00Z",
        "attributedTo": V,
        "organizers": {"type": "Collection", "items": [B]},
        "joinMode": "free",
        "attendees": f"{EVENT}/participations",
        "to": [PUBLIC],
    }
    await find_event(stage.database, stage.outside, stage.house(), EVENT)
    stage.database.write_now(lambda uow: participate(uow, stage.house(), stage.author, EVENT))
    return stage


def state(stage: Stage) -> State | None:
    row = stage.database.read_now(lambda uow: uow.participations.get(EVENT, stage.author))
    return row.state if row is not None else None


def join(stage: Stage) -> Any:
    return next(sent for sent in stage.sent() if sent["type"] == "Join")


async def test_it_is_asked_of_those_who_answer_for_the_event(stage: Stage) -> None:
    said = join(stage)
    assert (said["actor"], said["object"], said["to"]) == (stage.author, EVENT, [V, B])
    assert state(stage) is State.REQUESTED


@pytest.mark.parametrize(("kind", "expected"), [("Accept", State.ACCEPTED), ("Reject", State.REFUSED), ("Ignore", State.IGNORED)])
@pytest.mark.parametrize("by", [V, B])
@pytest.mark.parametrize("form", ["whole", "id", "without id"])
async def test_an_answer_is_understood_in_every_form(stage: Stage, kind: str, expected: State, by: str, form: str) -> None:
    said = join(stage)
    about = {"whole": said, "id": said["id"], "without id": {"type": "Join", "actor": stage.author, "object": EVENT}}[form]
    if form == "without id":
        about = {**about, "id": f"{THERE}/autre"}
    row = await stage.receive(act(kind, by, about))
    assert (row.state, state(stage)) == ("done", expected)


@pytest.mark.parametrize("kind", ["Accept", "Reject", "Ignore"])
@pytest.mark.parametrize("by", [BOB, M])
async def test_nobody_else_answers_for_the_event(stage: Stage, kind: str, by: str) -> None:
    stage.approve("evil.example")
    row = await stage.receive(act(kind, by, join(stage)))
    assert (row.state, state(stage)) == ("refused", State.REQUESTED)


async def test_an_answer_to_what_was_never_asked_is_refused(stage: Stage) -> None:
    for number, kind in enumerate(("Accept", "Reject", "Ignore")):
        never = {"id": f"{THERE}/jamais", "type": "Join", "actor": V, "object": EVENT}
        assert (await stage.receive(act(kind, V, never, number))).state == "refused"


async def test_an_answer_that_comes_after_one_left_changes_nothing(stage: Stage) -> None:
    said = join(stage)
    stage.database.write_now(lambda uow: stay_away(uow, stage.house(), stage.author, EVENT))
    row = await stage.receive(act("Accept", V, said))
    assert (row.state, state(stage)) == ("ignored", State.ENDED)


@pytest.mark.parametrize("kind", ["Accept", "Reject", "Ignore"])
@pytest.mark.parametrize("is_whole", [True, False])
async def test_an_answer_to_an_earlier_request_says_nothing_of_the_one_that_counts(
    stage: Stage, kind: str, *, is_whole: bool
) -> None:
    first = join(stage)
    stage.database.write_now(lambda uow: stay_away(uow, stage.house(), stage.author, EVENT))
    stage.database.write_now(lambda uow: participate(uow, stage.house(), stage.author, EVENT))
    row = await stage.receive(act(kind, V, first if is_whole else first["id"]))
    assert (row.state, state(stage)) == ("refused", State.REQUESTED)


@pytest.mark.parametrize(("by", "expected"), [(V, State.REFUSED), (B, State.REFUSED), (BOB, State.ACCEPTED), (M, State.ACCEPTED)])
async def test_whoever_answers_for_an_event_takes_somebody_off_its_list(stage: Stage, by: str, expected: State) -> None:
    stage.approve("evil.example")
    await stage.receive(act("Accept", V, join(stage)))
    row = await stage.receive(act("Remove", by, stage.author, target=f"{EVENT}/participations"))
    assert (row.state, state(stage)) == ("done" if expected is State.REFUSED else "ignored", expected)
