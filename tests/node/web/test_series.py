"""Conversations, answers and attendees as collections: page by page, counted as listed, and only to whom they may be shown."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import HERE, Stage, V, act
from kit.planning import meeting
from node.actions.reply import reply
from node.contracts import Endpoint, Visit
from node.domain.entries import Audience
from node.domain.spaces import attendees_of, conversation_of
from node.domain.visibility import ANYONE, Reader
from node.errors import Invalid, NotFound
from node.storage.engine import Database
from node.web.endpoints import attendees, conversation, replies
from vocab import jsonld
from vocab.things.collection import Collection
from vocab.things.collection_page import CollectionPage


@pytest.fixture
def stage(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.approve()
    return stage


def got(stage: Stage, endpoint: Endpoint, iri: str, reader: Reader = ANYONE) -> Any:
    """What an endpoint answers at an address of ours."""
    path, _, query = iri.removeprefix(f"{HERE}/").partition("?")
    parts = path.split("/")
    values = {"shelf": parts[0], "id": parts[1]}
    asked = dict(part.split("=", 1) for part in query.split("&") if part)
    visit = Visit(house=stage.house(), reader=reader, language="fr", path=values, query=asked, url=f"/{path}")
    answer = endpoint.answer
    assert answer is not None
    return jsonld.read(stage.database.read_now(lambda uow: answer(uow, visit)).body)


def walked(stage: Stage, endpoint: Endpoint, iri: str, reader: Reader = ANYONE) -> list[str]:
    """All the entries of a collection, from page to page."""
    whole = got(stage, endpoint, iri, reader)
    assert isinstance(whole, Collection)
    found: list[str] = []
    following = whole.first.iri if whole.first else ""
    while following:
        page = got(stage, endpoint, following, reader)
        assert isinstance(page, CollectionPage)
        assert page.part_of is not None
        assert (page.id, page.part_of.iri) == (following, iri)
        found += [ref.iri for ref in page.items]
        following = page.next.iri if page.next else ""
    return found


def test_a_long_conversation_is_listed_in_order_page_by_page(stage: Stage) -> None:
    top = stage.note("Une note").iri
    said = [top]
    for number in range(60):
        stage.later(seconds=1)
        said.append(stage.database.write_now(lambda uow, n=number: reply(uow, stage.house(), top, stage.author, f"Mot {n}")).iri)  # type: ignore[misc]
    assert got(stage, conversation.ENDPOINT, conversation_of(top)).total_items == 61
    assert walked(stage, conversation.ENDPOINT, conversation_of(top)) == said
    assert walked(stage, replies.ENDPOINT, f"{top}/reponses") == said[1:]
    with pytest.raises(Invalid):
        got(stage, replies.ENDPOINT, f"{top}/reponses?apres=zzz")


@pytest.mark.parametrize("endpoint", [conversation.ENDPOINT, replies.ENDPOINT])
def test_what_was_begun_inside_is_not_there_outside(stage: Stage, endpoint: Endpoint) -> None:
    top = stage.note("Entre nous", Audience.COMMUNITY).iri
    stage.database.write_now(lambda uow: reply(uow, stage.house(), top, stage.author, "Oui."))
    iri = conversation_of(top) if endpoint is conversation.ENDPOINT else f"{top}/reponses"
    with pytest.raises(NotFound):
        got(stage, endpoint, iri)
    with pytest.raises(NotFound):
        got(stage, endpoint, f"{iri}?page=1")
    member = Reader(actor=stage.author, communities=frozenset({stage.community}))
    assert got(stage, endpoint, iri, member).total_items == (2 if endpoint is conversation.ENDPOINT else 1)


async def test_a_conversation_exists_by_what_began_it_here(stage: Stage) -> None:
    top = stage.note("Une note").iri
    answer = stage.database.write_now(lambda uow: reply(uow, stage.house(), top, stage.author, "Oui.")).iri
    # An answer begins none, and what others claim begins none.
    await stage.receive(act("Create", V, {**_note(), "context": f"{HERE}/conversations/inventee"}))
    for iri in (conversation_of(answer), f"{HERE}/conversations/inventee"):
        with pytest.raises(NotFound):
            got(stage, conversation.ENDPOINT, iri)
    await stage.receive(act("Create", V, {**_note(2), "context": conversation_of(top)}, 2))
    assert got(stage, conversation.ENDPOINT, conversation_of(top)).total_items == 2


async def test_who_takes_part_is_told_to_those_who_organise(stage: Stage) -> None:
    event = meeting(stage)
    await stage.receive(act("Join", V, event))
    iri = attendees_of(event)
    assert got(stage, attendees.ENDPOINT, iri).total_items == 1
    assert walked(stage, attendees.ENDPOINT, iri) == []
    assert walked(stage, attendees.ENDPOINT, iri, Reader(actor=V)) == []
    other = stage.person("Ève Noël", role="curation")
    member = stage.person("Ali Ben", role="membre")
    communities = frozenset({stage.community})
    assert walked(stage, attendees.ENDPOINT, iri, Reader(actor=stage.author, communities=communities)) == [V]
    assert walked(stage, attendees.ENDPOINT, iri, Reader(actor=other, communities=communities)) == [V]
    assert walked(stage, attendees.ENDPOINT, iri, Reader(actor=member, communities=communities)) == []
    hidden = meeting(stage, audience=Audience.COMMUNITY)
    with pytest.raises(NotFound):
        got(stage, attendees.ENDPOINT, attendees_of(hidden))


def _note(number: int = 1) -> dict[str, Any]:
    iri = f"{V.rpartition('/personnes')[0]}/notes/{number}"
    return {"id": iri, "type": "Note", "content": "<p>Mot</p>", "attributedTo": V, "to": ["as:Public"]}
