"""Letting in and turning away those who ask to take part."""

from __future__ import annotations

import pytest

from kit.guests import BOB, Stage, V, act
from kit.planning import meeting
from node.actions.answer_participant import decline, welcome
from node.domain.participation import State
from node.errors import Conflict, NotFound
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.approve()
    return stage


async def test_the_answer_embeds_the_join_as_it_came(stage: Stage) -> None:
    event = meeting(stage, join_mode="restricted")
    await stage.receive(act("Join", V, event, participationMessage="Bonjour"))
    assert stage.database.write_now(lambda uow: welcome(uow, stage.house(), event, V)).state is State.ACCEPTED
    (accept,) = [sent for sent in stage.sent() if sent["type"] == "Accept"]
    assert (accept["object"]["type"], accept["object"]["object"], accept["actor"]) == ("Join", event, stage.author)
    assert stage.database.write_now(lambda uow: decline(uow, stage.house(), event, V)).state is State.REFUSED
    assert [sent["type"] for sent in stage.sent()][-1] == "Reject"
    # One may think better of it.
    assert stage.database.write_now(lambda uow: welcome(uow, stage.house(), event, V)).state is State.ACCEPTED


async def test_no_more_are_let_in_than_there_are_places(stage: Stage) -> None:
    event = meeting(stage, join_mode="restricted", maximum_attendee_capacity=1)
    for number, person in enumerate((V, BOB)):
        await stage.receive(act("Join", person, event, number))
    stage.database.write_now(lambda uow: welcome(uow, stage.house(), event, V))
    with pytest.raises(Conflict):
        stage.database.write_now(lambda uow: welcome(uow, stage.house(), event, BOB))


async def test_who_did_not_ask_is_not_answered(stage: Stage) -> None:
    event = meeting(stage)
    for deed in (welcome, decline):
        for iri in (event, f"{V}/events/1"):
            with pytest.raises(NotFound):
                stage.database.write_now(lambda uow, deed=deed, iri=iri: deed(uow, stage.house(), iri, V))  # type: ignore[misc]
