"""Taking part in events of here and elsewhere: what is sent, what is said, and what cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from federation.errors import UnacceptableAnswer
from kit.guests import THERE, B, M, Stage, V
from kit.planning import meeting
from node.actions.take_part import find_event, participate, say, stay_away
from node.domain.entries import Audience
from node.domain.participation import State
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.participating import settle
from node.storage.shelves.participations import ParticipationRow
from vocab.namespaces import PUBLIC

EVENT = f"{THERE}/rencontres/7"


@pytest.fixture
def stage(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.approve()
    return stage


def elsewhere(stage: Stage, **said: Any) -> None:
    usual = {"id": EVENT, "type": "Event", "name": "Fête", "attributedTo": V, "joinMode": "free", "to": [PUBLIC]}
    stage.outside.documents[said.get("id", EVENT)] = {**usual, "startTime": "2026-12-24T20:00:00Z", **said}


async def join(stage: Stage, event: str = EVENT) -> ParticipationRow:
    await find_event(stage.database, stage.outside, stage.house(), event)
    return stage.database.write_now(lambda uow: participate(uow, stage.house(), stage.author, event))


def leave(stage: Stage, event: str = EVENT) -> ParticipationRow:
    return stage.database.write_now(lambda uow: stay_away(uow, stage.house(), stage.author, event))


def sent(stage: Stage) -> list[str]:
    return [each["type"] for each in stage.sent() if each["type"] in {"Join", "Leave"}]


async def test_asked_twice_the_same_join_goes_out_again(stage: Stage) -> None:
    elsewhere(stage)
    first, second = await join(stage), await join(stage)
    assert (first.activity, sent(stage)) == (second.activity, ["Join", "Join"])
    assert stage.outside.asked == [EVENT]


async def test_who_leaves_says_so_and_may_come_back(stage: Stage) -> None:
    elsewhere(stage)
    await join(stage)
    assert leave(stage).state is State.ENDED
    assert (await join(stage)).state is State.REQUESTED
    assert sent(stage) == ["Join", "Leave", "Join"]
    leave(stage)
    with pytest.raises(NotFound):
        leave(stage)


async def test_those_who_answer_for_it_are_fetched_when_nobody_knows_them(stage: Stage) -> None:
    host = f"{THERE}/personnes/neuve"
    elsewhere(stage, attributedTo=host)
    stage.outside.documents[host] = {"id": host, "type": "Person", "inbox": f"{host}/inbox", "preferredUsername": "neuve"}
    await join(stage)
    assert [row.inbox for row in stage.database.read_now(lambda uow: uow.deliveries.waiting())] == [f"{host}/inbox"]


@pytest.mark.parametrize("mode", ["none", "external"])
async def test_where_one_registers_elsewhere_is_said(stage: Stage, mode: str) -> None:
    elsewhere(stage, joinMode=mode, externalParticipationUrl="https://billets.example/7")
    with pytest.raises(Invalid, match=r"billets\.example"):
        await join(stage)
    assert sent(stage) == []


async def test_an_archipelago_asks_no_stranger(stage: Stage) -> None:
    iri = "https://evil.example/events/1"
    elsewhere(stage, id=iri, attributedTo=M)
    with pytest.raises(NotAllowed):
        await join(stage, iri)
    assert stage.outside.asked == []


@pytest.mark.parametrize("said", [{"type": "Note", "content": "x"}, {"attributedTo": M}, {"to": [B]}])
async def test_what_is_no_public_event_of_its_server_cannot_be_joined(stage: Stage, said: dict[str, Any]) -> None:
    elsewhere(stage, **said)
    with pytest.raises((UnacceptableAnswer, NotAllowed)):
        await join(stage)
    assert sent(stage) == []


async def test_one_of_ours_is_decided_at_once(stage: Stage) -> None:
    event = meeting(stage, maximum_attendee_capacity=1)
    assert (await join(stage, event)).state is State.ACCEPTED
    other = stage.person("Ali Ben")
    with pytest.raises(NotAllowed, match="place"):
        stage.database.write_now(lambda uow: participate(uow, stage.house(), other, event))
    assert leave(stage, event).state is State.ENDED
    assert sent(stage) == []


async def test_one_that_may_not_be_seen_is_not_there(stage: Stage) -> None:
    event = meeting(stage, audience=Audience.COMMUNITY)
    stranger = stage.person("Ali Ben")
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: participate(uow, stage.house(), stranger, event))


async def test_one_that_is_confirmed_is_not_asked_for_again(stage: Stage) -> None:
    elsewhere(stage)
    await join(stage)
    row = stage.database.read_now(lambda uow: uow.participations.get(EVENT, stage.author))
    assert row is not None
    await stage.receive({"id": f"{THERE}/activites/a", "type": "Accept", "actor": V, "object": row.activity})
    with pytest.raises(Conflict):
        await join(stage)


async def test_maybe_and_no_are_told_to_nobody_but_a_place_is_given_back(stage: Stage) -> None:
    elsewhere(stage)
    await find_event(stage.database, stage.outside, stage.house(), EVENT)

    def said(state: State) -> State:
        return stage.database.write_now(lambda uow: say(uow, stage.house(), stage.author, EVENT, state)).state

    assert said(State.MAYBE) is State.MAYBE
    assert sent(stage) == []
    first = await join(stage)
    assert (first.state, sent(stage)) == (State.REQUESTED, ["Join"])
    assert said(State.DECLINED) is State.DECLINED
    assert sent(stage) == ["Join", "Leave"]
    with pytest.raises(Invalid):
        said(State.ACCEPTED)


async def test_an_answer_that_comes_after_a_no_makes_it_no_yes(stage: Stage) -> None:
    elsewhere(stage)
    asked = await join(stage)
    stage.database.write_now(lambda uow: say(uow, stage.house(), stage.author, EVENT, State.DECLINED))
    row = stage.database.read_now(lambda uow: uow.participations.get(EVENT, stage.author))
    assert row is not None
    assert not stage.database.write_now(lambda uow: settle(uow, stage.house(), row, State.ACCEPTED))
    assert stage.database.read_now(lambda uow: uow.participations.by_activity(asked.activity)) is None
