"""Where a thing stands in a conversation: what it claims, and what is believed of it."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import HERE, THERE, Stage, V, act, note
from node.actions.add_member import admit
from node.actions.reply import reply
from node.domain.entries import Audience
from node.domain.spaces import conversation_of
from node.storage.engine import Database
from node.storage.shelves.threads import ThreadRow


@pytest.fixture
def stage(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.approve()
    return stage


def said(number: int, **more: Any) -> dict[str, Any]:
    return note(V, "", number, type="Note", content="<p>Mot</p>", **more)


def row(stage: Stage, iri: str) -> ThreadRow | None:
    return stage.database.read_now(lambda uow: uow.threads.get(iri))


async def received(stage: Stage, number: int, **more: Any) -> ThreadRow | None:
    thing = said(number, **more)
    await stage.receive(act("Create", V, thing, number))
    return row(stage, thing["id"])


async def test_what_is_published_here_begins_a_conversation(stage: Stage) -> None:
    top = stage.note("Une note").iri
    assert (found := row(stage, top)) is not None
    assert (found.parent, found.context) == ("", conversation_of(top))


async def test_an_answer_belongs_where_what_it_answers_belongs(stage: Stage) -> None:
    top = stage.note("Une note").iri
    found = await received(stage, 1, inReplyTo=top, context=f"{THERE}/conversations/9")
    assert found is not None
    assert (found.parent, found.context) == (top, conversation_of(top))


async def test_whoever_may_not_read_something_does_not_speak_below_it(stage: Stage) -> None:
    secret = stage.note("Entre nous", Audience.COMMUNITY).iri
    assert await received(stage, 1, inReplyTo=secret, to=[stage.author], audience=None) is None
    stage.database.write_now(lambda uow: admit(uow, stage.house(), V, stage.community, role_name="membre"))
    found = await received(stage, 2, inReplyTo=secret, to=[stage.author], audience=None)
    assert (found and found.parent) == secret


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.COMMUNITY, Audience.SELF])
async def test_to_claim_a_conversation_of_ours_is_not_enough(stage: Stage, audience: Audience) -> None:
    top = stage.note("Une note", audience).iri
    found = await received(stage, 1, context=conversation_of(top))
    assert (found and found.context) == ""
    found = await received(stage, 2, context=conversation_of(top), inReplyTo=f"{HERE}/echanges/jamais")
    assert (found and found.context) == ""


async def test_a_conversation_elsewhere_is_believed_of_those_on_its_server(stage: Stage) -> None:
    found = await received(stage, 1, context=f"{THERE}/conversations/9")
    assert (found and found.context) == f"{THERE}/conversations/9"
    found = await received(stage, 2, context="https://evil.example/conversations/9")
    assert (found and found.context) == ""


async def test_what_came_first_is_drawn_in_when_what_it_answers_comes(stage: Stage) -> None:
    talk = f"{THERE}/conversations/9"
    late = said(1, context=talk)["id"]
    found = await received(stage, 2, inReplyTo=late)
    assert (found and found.context) == ""
    await received(stage, 1, context=talk)
    found = row(stage, said(2)["id"])
    assert (found and found.context) == talk


async def test_what_answers_itself_answers_nothing(stage: Stage) -> None:
    found = await received(stage, 1, inReplyTo=said(1)["id"])
    assert (found and found.parent) == ""


async def test_what_says_nothing_of_a_conversation_costs_no_row(stage: Stage) -> None:
    assert await received(stage, 1) is None


async def test_a_moment_in_the_future_counts_as_now(stage: Stage) -> None:
    top = stage.note("Une note").iri
    found = await received(stage, 1, inReplyTo=top, published="2030-01-01T00:00:00Z")
    assert (found and found.at) == stage.now


def test_a_new_version_of_an_answer_stays_where_it_stood(stage: Stage) -> None:
    top = stage.note("Une note").iri
    answer = stage.database.write_now(lambda uow: reply(uow, stage.house(), top, stage.author, "Oui."))
    stage.note("Oui, vraiment.", replaces=answer.iri)
    found = row(stage, answer.iri)
    assert found is not None
    assert (found.parent, found.context) == (top, conversation_of(top))
