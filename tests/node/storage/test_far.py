"""What a person here sends to a community elsewhere: addressed so that every make of server takes it, and no further."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kit.guests import THERE, B, Stage, V, act
from kit.rows import term
from node.actions.publish import publish
from node.actions.withdraw import withdraw
from node.contracts import Draft
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.errors import Invalid, NodeError, NotAllowed, NotFound
from node.jobs import fetch_thing
from node.storage.engine import Database
from vocab.namespaces import PUBLIC
from vocab.things.practice_note import PracticeNote
from vocab.values import Text


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.know(B, username="logement", shared_inbox=f"{THERE}/inbox")
    joins(made)
    return made


def joins(stage: Stage, state: str = "accepted") -> None:
    stage.database.write_now(
        lambda uow: uow.followings.put(stage.author, B, activity="f", state=state, at=stage.now)  # type: ignore[arg-type]
    )


def send(stage: Stage, name: str = "Accueil", topics: tuple[str, ...] = (), **changed: Any) -> Entry:
    thing = PracticeNote(name=Text.of(name, "fr"), content=Text.of("<p>En trois temps.</p>", "fr"))
    placed = Placement(**{"author": stage.author, "community": B, **changed})
    draft = Draft(thing=thing, source="fiche.md", topics=topics)
    return stage.database.write_now(lambda uow: publish(uow, stage.house(), draft, placed))


def deliveries(stage: Stage) -> list[tuple[str, str]]:
    rows = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    return [(body["type"], row.inbox) for row, body in zip(rows, stage.sent(), strict=True)]


def document(stage: Stage, iri: str) -> dict[str, Any]:
    kept = stage.database.read_now(lambda uow: uow.things.get_any(iri))
    assert kept is not None
    said: dict[str, Any] = json.loads(kept.document)
    return said


async def test_it_goes_to_the_group_and_names_it_in_every_way_that_servers_look_for(stage: Stage) -> None:
    entry = send(stage)
    assert deliveries(stage) == [("Create", f"{B}/inbox")]
    (create,) = stage.sent()
    for said in (create, create["object"]):
        assert said["to"] == [PUBLIC, B]
        assert said["cc"] == [f"{stage.author}/followers"]
        assert said["audience"] == B or said["audience"] == [B]
    thing = create["object"]
    assert (thing["attributedTo"], thing["name"]) == (stage.author, "Accueil")
    assert [tag for tag in thing["tag"] if tag["type"] == "Mention"] == [
        {"type": "Mention", "href": B, "name": "@logement@ailleurs.example"}
    ]
    assert (entry.community, entry.audience) == (B, Audience.PUBLIC)
    assert stage.database.read_now(lambda uow: uow.holdings.holders(entry.iri)) == []


async def test_the_authors_own_followers_get_it_too_and_the_group_elsewhere_passes_it_on_itself(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.followings.put(V, stage.author, activity="v", state="accepted", at=stage.now))
    stage.follows(B)
    send(stage)
    assert deliveries(stage) == [("Create", f"{B}/inbox"), ("Create", f"{V}/inbox")]


async def test_it_is_held_by_the_group_once_the_group_announces_it(stage: Stage) -> None:
    entry = send(stage)
    (create,) = stage.sent()
    await stage.receive(act("Announce", B, create))
    await stage.turn(fetch_thing.JOB)
    assert stage.database.read_now(lambda uow: uow.holdings.holders(entry.iri)) == [B]


async def test_a_change_and_a_withdrawal_go_the_same_way(stage: Stage) -> None:
    entry = send(stage)
    stage.later(hours=1)
    again = send(stage, "Accueil, revu", replaces=entry.iri)
    assert (again.iri, deliveries(stage)) == (entry.iri, [("Create", f"{B}/inbox"), ("Update", f"{B}/inbox")])
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), entry.iri, stage.author))
    assert deliveries(stage)[-1] == ("Delete", f"{B}/inbox")
    assert stage.sent()[-1]["to"] == [PUBLIC, B]


async def test_the_glossary_elsewhere_gets_no_term_from_here(stage: Stage) -> None:
    stage.database.write_now(lambda uow: term(uow, f"{B}/glossaire/eviction", fr="Éviction"))
    entry = send(stage, topics=("éviction",))
    assert document(stage, entry.iri)["topic"] == f"{B}/glossaire/eviction"
    with pytest.raises(Invalid, match="no term"):
        send(stage, topics=("Relogement",))


@pytest.mark.parametrize(
    ("changed", "state", "error"),
    [
        ({"audience": Audience.COMMUNITY}, "accepted", Invalid),
        ({}, "requested", NotAllowed),
        ({}, "ended", NotAllowed),
        ({"author": "nobody"}, "accepted", NotFound),
        ({"author": V}, "accepted", NotFound),
    ],
)
async def test_what_may_not_go_there_does_not(stage: Stage, changed: dict[str, Any], state: str, error: type[NodeError]) -> None:
    joins(stage, state)
    with pytest.raises(error):
        send(stage, **changed)
    assert deliveries(stage) == []


async def test_where_coordinators_alone_publish_nothing_is_sent(stage: Stage) -> None:
    said = {"id": B, "type": "Group", "inbox": f"{B}/inbox", "postingRestrictedToMods": True}
    context = [
        "https://www.w3.org/ns/activitystreams",
        {"lemmy": "https://join-lemmy.org/ns#", "postingRestrictedToMods": "lemmy:postingRestrictedToMods"},
    ]
    stage.know(B, username="logement", document=json.dumps({"@context": context, **said}).encode())
    with pytest.raises(NotAllowed, match="coordinate"):
        send(stage)


async def test_nobody_moves_a_thing_from_one_community_to_another(stage: Stage) -> None:
    mine = stage.note("La mienne")
    with pytest.raises(NotAllowed, match="stays"):
        send(stage, replaces=mine.iri)
