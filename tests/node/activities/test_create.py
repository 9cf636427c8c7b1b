"""Create: believed only of its author, on the same server, for somebody here; never back from the dead."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kit.guests import BOB, HERE, THERE, B, M, Stage, V, act, note
from node.domain.entries import Audience
from node.jobs import fetch_thing
from node.storage.engine import Database
from node.storage.stored import StoredThing
from vocab.namespaces import PUBLIC


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.approve("evil.example")
    return made


def stored(stage: Stage, iri: str = f"{THERE}/ressources/1") -> StoredThing | None:
    return stage.database.read_now(lambda uow: uow.things.get_any(iri))


async def test_an_authors_own_public_thing_is_kept_as_sent(stage: Stage) -> None:
    row = await stage.receive(act("Create", V, {**note(), "unheardOf": {"x": [1, "é"]}}))
    kept = stored(stage)
    assert kept is not None
    assert (row.state, kept.entry.audience, kept.entry.author, kept.entry.community) == ("done", Audience.PUBLIC, V, B)
    document = json.loads(kept.document)
    assert document["unheardOf"] == {"x": [1, "é"]}
    assert "@context" in document


async def test_what_names_nobody_is_for_whom_its_activity_is_for(stage: Stage) -> None:
    bare = {name: value for name, value in note().items() if name not in {"to", "cc", "audience"}}
    secret = {**bare, "id": f"{THERE}/ressources/2", "bto": [V]}
    assert (await stage.receive(act("Create", V, secret, to=[PUBLIC]))).state == "ignored"
    await stage.receive(act("Create", V, bare, id=f"{THERE}/activites/9", to=[PUBLIC]))
    kept = stored(stage)
    assert kept is not None
    assert kept.entry.audience is Audience.PUBLIC


@pytest.mark.parametrize("owners", [BOB, [V, M], [M, V], [BOB, B], B, M])
async def test_what_is_attributed_to_somebody_else_is_refused(stage: Stage, owners: Any) -> None:
    row = await stage.receive(act("Create", V, {**note(), "attributedTo": owners}))
    assert (row.state, stored(stage), stage.tasks("fetch")) == ("refused", None, [])


async def test_what_somebody_tells_of_a_followed_group_on_their_server_is_asked_for_and_held(stage: Stage) -> None:
    """Mobilizon attributes an event to a group, and tells of it in the name of the person who organises it."""
    stage.know(B, repertoire="")
    stage.follows()
    iri = f"{THERE}/ressources/1"
    told = note(attributedTo=B, audience=[])
    for number, name in enumerate(("De leur serveur", "Changée")):
        stage.outside.documents[iri] = {**told, "name": name, "updated": f"2026-11-22T10:00:0{number}Z"}
        await stage.receive(act("Update" if number else "Create", V, {**told, "name": "De lui"}))
        await stage.turn(fetch_thing.JOB)
        kept = stored(stage)
        assert kept is not None
        assert (kept.entry.name, kept.entry.author) == (name, B)
    assert stage.database.read_now(lambda uow: uow.holdings.iris(B)) == [iri]
    assert (await stage.receive(act("Create", M, told))).state == "refused"


@pytest.mark.parametrize(
    ("more", "held"), [({}, True), ({"inReplyTo": f"{THERE}/n/1"}, False), ({"to": [f"{V}/followers"]}, False)]
)
async def test_what_a_followed_person_publishes_is_held_at_once(stage: Stage, more: dict[str, Any], held: bool) -> None:
    stage.follows(V)
    await stage.receive(act("Create", V, note(audience=[], **more)), recipient=stage.community)
    await stage.receive(act("Create", BOB, note(BOB, number=2, audience=[]), 2))
    listed = stage.database.read_now(lambda uow: (uow.holdings.iris(V), uow.holdings.iris(BOB)))
    assert listed == ([f"{THERE}/ressources/1"] if held else [], [])


async def test_a_thing_of_another_server_is_asked_for_there(stage: Stage) -> None:
    foreign = {**note(V), "attributedTo": M}
    row = await stage.receive(act("Create", M, foreign))
    assert (row.state, stored(stage), stage.tasks("fetch")) == ("done", None, [foreign["id"]])


async def test_a_bare_id_is_asked_for(stage: Stage) -> None:
    row = await stage.receive(act("Create", V, f"{THERE}/ressources/1"))
    assert stage.tasks("fetch") == [f"{THERE}/ressources/1 {row.activity}"]


async def test_nobody_writes_over_ours(stage: Stage) -> None:
    mine = stage.note("La mienne")
    row = await stage.receive(act("Create", V, {**note(), "id": mine.iri}))
    kept = stored(stage, mine.iri)
    assert (row.state, kept and kept.entry.name) == ("refused", "La mienne")


async def test_nobody_writes_over_a_neighbours(stage: Stage) -> None:
    await stage.receive(act("Create", V, note()))
    row = await stage.receive(act("Create", BOB, {**note(BOB), "name": "volée"}, 2))
    kept = stored(stage)
    assert (row.state, kept and kept.entry.name) == ("refused", "Une note")


async def test_a_copy_for_a_member_is_seen_by_that_member_alone(stage: Stage) -> None:
    private = {**note(), "to": [f"{B}/membres"]}
    await stage.receive(act("Create", V, private), recipient=stage.author)
    kept = stored(stage)
    assert kept is not None
    assert (kept.entry.audience, kept.entry.readers) == (Audience.COMMUNITY, frozenset({stage.author}))


async def test_a_second_member_here_may_read_it_too(stage: Stage) -> None:
    other = stage.person("Ali Ben")
    private = {**note(), "to": [f"{B}/membres"]}
    await stage.receive(act("Create", V, private, 1), recipient=stage.author)
    await stage.receive(act("Create", V, private, 2), recipient=other)
    assert (kept := stored(stage)) is not None
    assert kept.entry.readers == {stage.author, other}


@pytest.mark.parametrize("recipient", [None, f"{HERE}/organisation", f"{HERE}/personnes/absente"])
async def test_what_is_private_and_for_nobody_here_is_not_kept(stage: Stage, recipient: str | None) -> None:
    row = await stage.receive(act("Create", V, {**note(), "to": [f"{V}/amis"]}), recipient=recipient)
    assert (row.state, stored(stage)) == ("ignored", None)


async def test_a_community_is_no_person_to_read_for(stage: Stage) -> None:
    row = await stage.receive(act("Create", V, {**note(), "to": [stage.community]}), recipient=stage.community)
    assert (row.state, stored(stage)) == ("ignored", None)


async def test_delete_before_create_wins(stage: Stage) -> None:
    await stage.receive(act("Delete", V, f"{THERE}/ressources/1"))
    row = await stage.receive(act("Create", V, note()))
    assert (kept := stored(stage)) is not None
    assert (row.state, kept.entry.deleted_at) == ("ignored", stage.now)


async def test_an_older_version_does_not_come_back(stage: Stage) -> None:
    await stage.receive(act("Update", V, {**note(), "name": "nouvelle", "updated": "2026-11-21T10:00:00Z"}))
    row = await stage.receive(act("Create", V, {**note(), "name": "ancienne"}))
    assert (kept := stored(stage)) is not None
    assert (row.state, kept.entry.name) == ("ignored", "nouvelle")


async def test_an_archipelago_takes_nothing_from_strangers(memory: Database) -> None:
    stage = Stage(memory)
    row = await stage.receive(act("Create", V, note()))
    assert (row.state, stored(stage)) == ("refused", None)
    assert "approuvé" in row.reason


@pytest.mark.parametrize("inside", [{"type": "Follow"}, {"type": "Person"}])
async def test_activities_and_actors_are_no_things(stage: Stage, inside: dict[str, str]) -> None:
    row = await stage.receive(act("Create", V, {**note(), **inside, "kind": []}))
    assert (row.state, stored(stage)) == ("refused", None)


async def test_a_mapping_is_kept_as_one_and_forgotten_with_its_thing(stage: Stage) -> None:
    mapping = {
        **note(), "type": "Note", "kind": ["Mapping"], "content": "a proche de b", "subject": f"{THERE}/termes/a",
        "relationship": "http://www.w3.org/2004/02/skos/core#closeMatch", "object": f"{HERE}/termes/b", "confidence": 0.8,
        "mappingState": "https://w3id.org/cdp/etats-de-correspondance/acceptee",
    }  # fmt: skip
    await stage.receive(act("Create", V, mapping))
    (row,) = stage.database.read_now(lambda uow: uow.mappings.all())
    assert (row.relation, row.state, row.confidence) == ("closeMatch", "accepted", 0.8)
    await stage.receive(act("Delete", V, mapping["id"]))
    assert stage.database.read_now(lambda uow: uow.mappings.all(None)) == []


@pytest.mark.parametrize(
    ("claimed", "kept_as"),
    [(B, B), ("https://evil.example/communautes/x", "")],
)
async def test_a_community_is_not_borrowed(stage: Stage, claimed: str, kept_as: str) -> None:
    await stage.receive(act("Create", V, {**note(), "audience": claimed}))
    kept = stored(stage)
    assert kept is not None
    assert kept.entry.community == kept_as


async def test_a_member_elsewhere_may_say_that_it_is_for_ours(stage: Stage) -> None:
    role = "https://w3id.org/cdp/roles/membre"
    stage.database.write_now(lambda uow: uow.members.join(V, stage.community, role, stage.now))
    await stage.receive(act("Create", V, {**note(), "audience": stage.community}))
    kept = stored(stage)
    assert kept is not None
    assert kept.entry.community == stage.community
