"""Conversations elsewhere: climbed up to their beginning and looked through, each item at its own server, within limits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from federation.errors import Unreachable
from kit.guests import BOB, HERE, THERE, M, Stage, V, act, note
from node.actions.reply import reply
from node.contracts import Job
from node.domain.errands import CONVERSATION, MOST_FETCHES, Errand
from node.domain.visibility import PUBLIC_SCOPE
from node.jobs import fetch_thing, read_conversation, refresh_actor
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

TALK = f"{THERE}/conversations/1"


class Endless(dict[str, dict[str, Any]]):
    """Documents of a server that has something to say at every address."""

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, str)

    def __getitem__(self, iri: str) -> dict[str, Any]:
        return self.get(iri) or made_up(iri)


def made_up(iri: str) -> dict[str, Any]:
    place, _, number = iri.rpartition("/")
    following = f"{place}/{int(number) + 1}" if number.isdigit() else ""
    if "/pages/" in iri or "/conversations/" in iri:
        items = [f"{THERE}/notes/{number}{each}" for each in range(3)]
        return {"id": iri, "type": "OrderedCollectionPage", "orderedItems": items, "next": f"{THERE}/pages/{int(number) + 1}"}
    if "/personnes/" in iri:
        return {"id": iri, "type": "Person", "preferredUsername": "x", "inbox": f"{iri}/inbox"}
    who = f"{THERE}/personnes/x{number}"
    return said(iri, following, who)


def said(iri: str, parent: str = "", author: str = V, **more: Any) -> dict[str, Any]:
    answers = {"inReplyTo": parent} if parent else {}
    return note(author, "", **{"id": iri, "type": "Note", "content": "<p>Mot</p>", **answers, **more})


@pytest.fixture
def stage(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.approve()
    return stage


def leased(stage: Stage, job: Job) -> Sequence[Any]:
    return stage.database.write_now(lambda uow: job.claim(uow, stage.house(), 10))


async def work(stage: Stage, jobs: Sequence[Job] = (fetch_thing.JOB, read_conversation.JOB, refresh_actor.JOB)) -> None:
    """Does everything that is due, and what follows from it."""
    for _ in range(200):
        if not any([await stage.turn(job) for job in jobs]):
            return
    raise AssertionError("this never ends")


async def test_a_server_with_many_conversations_leaves_room_for_those_of_others(stage: Stage) -> None:
    def fill(uow: UnitOfWork) -> None:
        for number in range(50):
            uow.tasks.wake(CONVERSATION, f"{M}/conversations/{number}", due_at=stage.now)
        uow.tasks.wake(CONVERSATION, TALK, due_at=stage.now + timedelta(seconds=1))

    stage.database.write_now(fill)
    stage.later(seconds=2)
    assert TALK in [row.subject for row in leased(stage, read_conversation.JOB)]


def is_here(stage: Stage, iri: str) -> bool:
    return stage.database.read_now(lambda uow: uow.things.get(iri, PUBLIC_SCOPE)) is not None


async def test_what_an_answer_answers_is_fetched_up_to_the_beginning_and_then_the_rest(stage: Stage) -> None:
    top, first, aside = (f"{THERE}/notes/{name}" for name in ("top", "a", "b"))
    page = f"{TALK}?page=1"
    stage.outside.documents = {
        top: said(top, context=TALK),
        first: said(first, top),
        aside: said(aside, top),
        TALK: {"id": TALK, "type": "OrderedCollection", "first": page},
        page: {"id": page, "type": "OrderedCollectionPage", "orderedItems": [top, first, aside]},
    }
    await stage.receive(act("Create", V, said(f"{THERE}/notes/c", first)))
    await work(stage)
    assert all(is_here(stage, iri) for iri in (top, first, aside))
    row = stage.database.read_now(lambda uow: uow.threads.get(f"{THERE}/notes/c"))
    assert row is not None
    assert (row.parent, row.context) == (first, TALK)


async def test_an_endless_thread_ends(stage: Stage) -> None:
    stage.outside.documents = Endless()
    await stage.receive(act("Create", V, said(f"{THERE}/notes/1", f"{THERE}/notes/2")))
    await work(stage)
    assert len(stage.outside.asked) <= MOST_FETCHES
    assert is_here(stage, f"{THERE}/notes/5")


async def test_twenty_steps_up_are_made_where_the_people_are_known(stage: Stage) -> None:
    documents = Endless()
    documents |= {
        f"{THERE}/notes/{number}": said(f"{THERE}/notes/{number}", f"{THERE}/notes/{number + 1}") for number in range(99)
    }
    stage.outside.documents = documents
    await stage.receive(act("Create", V, said(f"{THERE}/notes/1", f"{THERE}/notes/2")))
    await work(stage)
    assert len(stage.outside.asked) == MOST_FETCHES
    assert is_here(stage, f"{THERE}/notes/21")
    assert not is_here(stage, f"{THERE}/notes/22")


async def test_an_endless_collection_ends(stage: Stage) -> None:
    stage.outside.documents = Endless()
    errand = Errand(iri=f"{THERE}/conversations/1", is_vouched=True)
    stage.database.write_now(lambda uow: uow.tasks.wake(CONVERSATION, errand.iri, payload=errand.payload()))
    await work(stage)
    pages = [iri for iri in stage.outside.asked if "/pages/" in iri or "/conversations/" in iri]
    assert len(pages) == 10
    assert len(stage.outside.asked) <= MOST_FETCHES


@pytest.mark.parametrize(
    "parent", [f"{M}/1", "https://evil.example/notes/1", f"{HERE}/echanges/jamais", "urn:x:1", "javascript:1", ""]
)
async def test_what_may_not_be_asked_is_not_asked(stage: Stage, parent: str) -> None:
    stage.outside.documents = Endless()
    await stage.receive(act("Create", V, {**said(f"{THERE}/notes/x"), "inReplyTo": parent}))
    await work(stage)
    assert stage.outside.asked == []
    assert stage.database.read_now(lambda uow: uow.tasks.all("fetch")) == []


async def test_no_list_leads_to_a_blocked_server(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.peers.put_state("evil.example", "blocked", stage.now))
    good, bad = f"{THERE}/notes/good", "https://sous.evil.example/notes/bad"
    stage.outside.documents = {
        TALK: {"id": TALK, "type": "OrderedCollection", "orderedItems": [bad, good]},
        good: said(good),
        bad: said(bad, author=M),
    }
    stage.database.write_now(lambda uow: uow.tasks.wake(CONVERSATION, TALK, payload=Errand(iri=TALK, is_vouched=True).payload()))
    await work(stage)
    assert stage.outside.asked == [TALK, good]


async def test_what_the_list_embeds_is_not_believed(stage: Stage) -> None:
    iri = f"{THERE}/notes/1"
    stage.outside.documents = {
        TALK: {"id": TALK, "type": "OrderedCollection", "orderedItems": [said(iri, content="<p>Faux</p>", author=BOB)]},
        iri: said(iri, content="<p>Vrai</p>"),
    }
    stage.database.write_now(lambda uow: uow.tasks.wake(CONVERSATION, TALK, payload=Errand(iri=TALK).payload()))
    await work(stage)
    kept = stage.database.read_now(lambda uow: uow.things.get(iri, PUBLIC_SCOPE))
    assert kept is not None
    assert (b"Vrai" in kept.document, kept.entry.author) == (True, V)


async def test_a_conversation_is_looked_through_once_in_a_while(stage: Stage) -> None:
    top = f"{THERE}/notes/top"
    stage.outside.documents = {TALK: {"id": TALK, "type": "OrderedCollection", "orderedItems": [top]}}
    await stage.receive(act("Create", V, said(top, context=TALK)))
    assert stage.tasks(CONVERSATION) == []
    for number in range(3):
        await stage.receive(act("Create", V, said(f"{THERE}/notes/{number}", top, context=TALK), number + 2))
        await work(stage)
    assert stage.outside.asked.count(TALK) == 1
    stage.later(hours=2)
    await work(stage)
    assert stage.outside.asked.count(TALK) == 2


async def test_taking_part_makes_a_conversation_of_interest(stage: Stage) -> None:
    top = f"{THERE}/notes/top"
    await stage.receive(act("Create", V, said(top, context=TALK)))
    stage.database.write_now(lambda uow: reply(uow, stage.house(), top, stage.author, "Oui."))
    assert stage.tasks(CONVERSATION) == [TALK]


async def test_a_list_that_cannot_be_read_is_left(stage: Stage) -> None:
    stage.outside.problems[TALK] = Unreachable("nobody answers")
    stage.database.write_now(lambda uow: uow.tasks.wake(CONVERSATION, TALK, payload=Errand(iri=TALK).payload()))
    await work(stage)
    (task,) = stage.database.read_now(lambda uow: uow.tasks.all(CONVERSATION))
    assert (task.state, task.last_error) == ("parked", "nobody answers")
