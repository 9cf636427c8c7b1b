"""Update: by the author alone, whole, and only forwards in time."""

from __future__ import annotations

import pytest

from kit.guests import BOB, THERE, B, Stage, V, act, note
from node.domain.entries import Audience
from node.jobs import fetch_thing
from node.storage.engine import Database

IRI = f"{THERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    return made


async def test_it_replaces_the_whole(stage: Stage) -> None:
    await stage.receive(act("Create", V, {**note(), "summary": "résumé"}))
    await stage.receive(act("Update", V, {**note(), "name": "nouveau", "updated": "2026-11-21T10:00:00Z"}))
    kept = stage.database.read_now(lambda uow: uow.things.get_any(IRI))
    assert kept is not None
    assert (kept.entry.name, kept.entry.summary) == ("nouveau", "")


async def test_a_neighbour_changes_nothing(stage: Stage) -> None:
    await stage.receive(act("Create", V, note()))
    row = await stage.receive(act("Update", BOB, {**note(V), "name": "défigurée"}))
    mine = await stage.receive(act("Update", BOB, {**note(BOB), "name": "défigurée"}, 2))
    kept = stage.database.read_now(lambda uow: uow.things.get_any(IRI))
    assert kept is not None
    assert (row.state, mine.state, kept.entry.name) == ("refused", "refused", "Une note")


async def test_an_actor_is_read_again_and_never_believed(stage: Stage) -> None:
    await stage.receive(act("Update", V, {"id": V, "type": "Person", "inbox": f"{V}/elsewhere"}))
    row = stage.database.read_now(lambda uow: uow.actors.get(V))
    assert (stage.tasks("refresh_actor"), row and row.inbox) == ([V], f"{V}/inbox")


async def test_a_neighbours_document_is_not_even_asked_for(stage: Stage) -> None:
    row = await stage.receive(act("Update", BOB, {"id": V, "type": "Person", "inbox": f"{BOB}/inbox"}))
    assert (row.state, stage.tasks("refresh_actor")) == ("refused", [])


async def test_what_is_narrowed_is_seen_by_its_new_readers_alone(stage: Stage) -> None:
    await stage.receive(act("Create", V, note()))
    narrowed = {**note(), "to": ["https://ailleurs.example/communautes/logement/membres"], "updated": "2026-11-21T10:00:00Z"}
    await stage.receive(act("Update", V, narrowed), recipient=stage.author)
    kept = stage.database.read_now(lambda uow: uow.things.get_any(IRI))
    assert kept is not None
    assert (kept.entry.audience, kept.entry.readers) == (Audience.COMMUNITY, frozenset({stage.author}))


async def test_whoever_a_new_version_comes_to_no_more_does_not_read_it(stage: Stage) -> None:
    """Each reader is sent it in a message of their own; a server that has one reader left is told of no end."""
    other = stage.person("Ali Ben")
    private = note(to=[f"{B}/membres"])
    await stage.receive(act("Create", V, private, 1), recipient=stage.author)
    await stage.receive(act("Create", V, private, 2), recipient=other)
    changed = {**private, "name": "Entre nous", "updated": "2026-11-21T10:00:00Z"}
    found = []
    for number, reader in ((1, stage.author), (2, other)):
        await stage.receive(act("Update", V, changed, number), recipient=reader)
        kept = stage.database.read_now(lambda uow: uow.things.get_any(IRI))
        assert kept is not None
        found.append((kept.entry.name, set(kept.entry.readers)))
    assert found == [("Entre nous", {stage.author}), ("Entre nous", {stage.author, other})]


async def test_a_bare_id_is_asked_for(stage: Stage) -> None:
    row = await stage.receive(act("Update", V, IRI))
    assert stage.tasks("fetch") == [f"{IRI} {row.activity}"]


async def test_what_is_attributed_to_several_is_asked_for(stage: Stage) -> None:
    """PeerTube attributes a video to an account, which signs, and to its channel."""
    stage.outside.documents[IRI] = note(attributedTo=[V, B], name="De leur serveur")
    for kind in ("Create", "Update"):
        await stage.receive(act(kind, V, note(attributedTo=[{"type": "Person", "id": V}, B], name="De lui")))
        await stage.turn(fetch_thing.JOB)
        kept = stage.database.read_now(lambda uow: uow.things.get_any(IRI))
        assert kept is not None
        assert (kept.entry.name, kept.entry.author) == ("De leur serveur", V)
        stage.outside.documents[IRI]["updated"] = "2026-11-22T10:00:30Z"
    assert stage.outside.asked.count(IRI) == 2
    await stage.receive(act("Update", V, note(BOB, attributedTo=[BOB, B], name="Volé"), 2))
    assert stage.tasks("fetch") == []
