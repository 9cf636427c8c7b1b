"""Publishing: whole, allowed, held, and sent to exactly those it is for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from kit.guests import HERE, B, M, Stage, V
from node.actions.publish import publish
from node.contracts import Draft
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.errors import Conflict, Invalid, NodeError, NotAllowed, NotFound
from node.storage.engine import Database
from vocab.activities.create import Create
from vocab.namespaces import CONCEPTS, PUBLIC, SKOS
from vocab.things.informal_group import InformalGroup
from vocab.things.mapping import Mapping
from vocab.things.note import Note
from vocab.things.object import Object
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.person import Person
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    return made


def followed_by(stage: Stage, *followers: str) -> None:
    for each in followers:
        stage.database.write_now(
            lambda uow, each=each: uow.followings.put(each, stage.community, activity=f"{each}/f", state="accepted", at=stage.now)  # type: ignore[misc]
        )


def joined_by(stage: Stage, *people: str) -> None:
    for each in people:
        stage.database.write_now(
            lambda uow, each=each: uow.members.join(each, stage.community, f"{CONCEPTS}roles/membre", stage.now)  # type: ignore[misc]
        )


def put(stage: Stage, thing: Object, *, topics: tuple[str, ...] = (), **changed: Any) -> Entry:
    options = changed.pop("options", {})
    placed = replace(Placement(author=stage.author, community=stage.community, audience=Audience.PUBLIC), **changed)
    draft = Draft(thing=thing, source="fiche.md", topics=topics, options=options)
    return stage.database.write_now(lambda uow: publish(uow, stage.house(), draft, placed))


def a_note(name: str = "Accueil") -> PracticeNote:
    return PracticeNote(name=Text.of(name, "fr"), content=Text.of(f"<p>{name} en trois temps.</p>", "fr"))


def document(stage: Stage, iri: str) -> dict[str, Any]:
    kept = stage.database.read_now(lambda uow: uow.things.get_any(iri))
    assert kept is not None
    said: dict[str, Any] = json.loads(kept.document)
    return said


def waiting(stage: Stage) -> list[tuple[str, str]]:
    """(type of activity, inbox) of everything on its way."""
    rows = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    return [(kind["type"], row.inbox) for row, kind in zip(rows, stage.sent(), strict=True)]


async def test_what_nobody_said_is_filled_in(stage: Stage) -> None:
    entry = put(stage, a_note())
    said = document(stage, entry.iri)
    assert entry.iri.startswith(f"{HERE}/ressources/")
    assert said["url"] in (entry.iri, [entry.iri])
    assert said["attributedTo"] in (stage.author, [stage.author])
    assert said["audience"] in (stage.community, [stage.community])
    assert (said["to"], said["cc"]) == ([PUBLIC], [stage.community, f"{stage.community}/followers"])
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["genre"] == f"{CONCEPTS}genres/note-de-pratique"
    assert (said["summary"], said["inLanguage"]) == ("<p>Accueil en trois temps.</p>", "fr")
    assert entry.published_at == stage.now


async def test_followers_get_it_from_the_community_through_one_shared_inbox(stage: Stage) -> None:
    stage.know(B, shared_inbox="https://ailleurs.example/inbox")
    stage.know(V, shared_inbox="https://ailleurs.example/inbox")
    followed_by(stage, B, V)
    entry = put(stage, a_note())
    assert waiting(stage) == [("Announce", "https://ailleurs.example/inbox")]
    (announce,) = stage.sent()
    assert announce["@context"] == "https://www.w3.org/ns/activitystreams"
    assert (announce["actor"], announce["object"]["type"], announce["object"]["actor"]) == (
        stage.community,
        "Create",
        stage.author,
    )
    assert announce["object"]["object"]["id"] == entry.iri
    held = stage.database.read_now(lambda uow: uow.holdings.of(stage.community, scope=PUBLIC_SCOPE))
    assert [(row.iri, row.mode) for row in held] == [(entry.iri, "own")]
    assert stage.database.read_now(lambda uow: uow.outbox.count(stage.community)) == 1
    assert stage.database.read_now(lambda uow: uow.outbox.count(stage.author)) == 1


async def test_what_is_for_the_community_goes_to_each_member_elsewhere_alone(stage: Stage) -> None:
    followed_by(stage, B)
    stage.know(V, shared_inbox="https://ailleurs.example/inbox")
    joined_by(stage, V, M)
    entry = put(stage, a_note(), audience=Audience.COMMUNITY)
    assert sorted(waiting(stage)) == sorted([("Create", f"{V}/inbox"), ("Create", f"{M}/inbox")])
    assert sorted(sent["to"][0] for sent in stage.sent()) == sorted([V, M])
    assert len({sent["id"] for sent in stage.sent()}) == 2
    assert all(PUBLIC not in json.dumps(sent) for sent in stage.sent())
    assert stage.database.read_now(lambda uow: uow.things.get(entry.iri, PUBLIC_SCOPE)) is None
    assert stage.database.read_now(lambda uow: uow.outbox.count(stage.author)) == 0


async def test_a_draft_never_leaves(stage: Stage) -> None:
    followed_by(stage, B)
    joined_by(stage, V)
    entry = put(stage, a_note(), audience=Audience.SELF)
    own = Scope(actor=stage.author)
    assert stage.sent() == []
    assert stage.database.read_now(lambda uow: uow.holdings.iris(stage.community)) == []
    assert stage.database.read_now(lambda uow: uow.things.get(entry.iri, own)) is not None
    assert stage.database.read_now(lambda uow: uow.things.get(entry.iri, PUBLIC_SCOPE)) is None


async def test_without_a_word_it_is_for_the_community(stage: Stage) -> None:
    assert put(stage, a_note(), audience=None).audience is Audience.COMMUNITY
    assert put(stage, a_note(), audience=None, options={"audience": "public"}).audience is Audience.PUBLIC


async def test_a_new_version_replaces_the_whole_and_goes_to_those_who_had_it(stage: Stage) -> None:
    followed_by(stage, B)
    first = put(stage, replace(a_note(), version="1"))
    stage.later(hours=1)
    again = put(stage, a_note("Accueil, revu"), replaces=first.iri)
    said = document(stage, first.iri)
    assert (again.iri, said["name"], "version" in said) == (first.iri, "Accueil, revu", False)
    assert (again.published_at, again.updated_at) == (first.published_at, stage.now)
    assert [sent["object"]["type"] for sent in stage.sent()] == ["Create", "Update"]
    assert stage.database.read_now(lambda uow: uow.holdings.iris(stage.community)) == [first.iri]


async def test_narrowed_it_is_taken_back_from_all_who_are_no_longer_meant(stage: Stage) -> None:
    followed_by(stage, B)
    joined_by(stage, M)
    first = put(stage, a_note())
    put(stage, a_note(), replaces=first.iri, audience=Audience.COMMUNITY)
    assert waiting(stage) == [("Create", f"{M}/inbox"), ("Delete", f"{B}/inbox"), ("Announce", f"{B}/inbox")]
    delete = stage.sent()[1]
    assert (delete["actor"], delete["object"]["id"], delete["object"]["type"]) == (stage.author, first.iri, "Tombstone")


async def test_a_server_where_a_member_may_still_see_it_gets_no_tombstone(stage: Stage) -> None:
    followed_by(stage, B)
    joined_by(stage, V)
    first = put(stage, a_note())
    put(stage, a_note(), replaces=first.iri, audience=Audience.COMMUNITY)
    assert ("Create", f"{V}/inbox") in waiting(stage)
    assert "Delete" not in {kind for kind, _ in waiting(stage)}


async def test_widened_it_is_new_to_those_who_did_not_have_it(stage: Stage) -> None:
    followed_by(stage, B)
    first = put(stage, a_note(), audience=Audience.SELF)
    put(stage, a_note(), replaces=first.iri)
    assert [(sent["type"], sent["object"]["type"]) for sent in stage.sent()] == [("Announce", "Create")]


async def test_topics_are_found_without_accents_and_case_or_made(stage: Stage) -> None:
    one = put(stage, a_note(), topics=("Maintien dans le logement",))
    two = put(stage, a_note(), topics=("maintien  dans le LOGEMENT", "Éviction"))
    first, second = (document(stage, entry.iri)["topic"] for entry in (one, two))
    first = [first] if isinstance(first, str) else first
    assert second[0] == first[0]
    assert first[0].startswith(f"{HERE}/termes/")
    terms = stage.database.read_now(lambda uow: uow.things.listed(scope=PUBLIC_SCOPE, kind="Concept"))
    assert sorted(term.entry.name for term in terms) == ["Maintien dans le logement", "Éviction"]
    held = stage.database.read_now(lambda uow: uow.holdings.iris(stage.community))
    assert sorted(held) == sorted([one.iri, two.iri])


async def test_a_term_is_seen_by_as_many_as_what_it_is_a_topic_of_and_no_more(stage: Stage) -> None:
    hidden = put(stage, a_note(), topics=("Éviction",), audience=Audience.COMMUNITY)
    assert stage.database.read_now(lambda uow: uow.things.count(scope=PUBLIC_SCOPE)) == 0
    put(stage, a_note(), topics=("éviction",))
    (term,) = stage.database.read_now(lambda uow: uow.things.listed(scope=PUBLIC_SCOPE, kind="Concept"))
    assert document(stage, hidden.iri)["topic"] in (term.entry.iri, [term.entry.iri])


async def test_a_place_that_is_only_named_is_made_once(stage: Stage) -> None:
    for _ in range(2):
        put(stage, a_note(), options={"territory": "Estrie"})
    places = stage.database.read_now(lambda uow: uow.things.listed(scope=PUBLIC_SCOPE, kind="Place"))
    assert [place.entry.name for place in places] == ["Estrie"]
    assert places[0].entry.iri.startswith(f"{HERE}/lieux/")


def a_mapping(state: str = "") -> Mapping:
    return Mapping(
        name=Text.of("a ≈ b", "fr"), relationship=Ref(f"{SKOS}closeMatch"), object=(Ref("https://x.example/b"),),
        mapping_state=Ref(f"{CONCEPTS}etats-de-correspondance/{state}") if state else None, confidence=0.8,
    )  # fmt: skip


async def test_a_mapping_by_name_is_proposed_then_accepted_by_those_who_may(stage: Stage) -> None:
    member = stage.person("Ali Ben", role="membre")
    put(stage, a_note(), topics=("Éviction",))
    entry = put(stage, a_mapping(), options={"subject": "eviction"}, author=member)
    assert entry.iri.startswith(f"{HERE}/correspondances/")
    (row,) = stage.database.read_now(lambda uow: uow.mappings.all(None))
    assert (row.state, row.relation, row.confidence, row.author) == ("proposed", "closeMatch", 0.8, member)
    with pytest.raises(NotAllowed):
        put(stage, a_mapping("acceptee"), options={"subject": "eviction"}, author=member, replaces=entry.iri)
    put(stage, a_mapping("acceptee"), options={"subject": "eviction"}, replaces=entry.iri)
    (row,) = stage.database.read_now(lambda uow: uow.mappings.all())
    assert (row.state, row.author) == ("accepted", member)


async def test_a_mapping_without_a_name_is_named_after_its_terms(stage: Stage) -> None:
    near = f"{CONCEPTS}genres/outil"
    told = replace(a_mapping(), name=None, object=(Ref(near),))
    put(stage, a_note(), topics=("Éviction",))
    made = document(stage, put(stage, told, options={"subject": "eviction"}).iri)
    assert made["name"] == "Éviction ≈ outil"
    assert made["content"] == "<p>Éviction ≈ outil</p>"
    assert "summary" not in made, "on a Note it would be a content warning"


async def test_a_mapping_with_a_term_that_has_not_arrived_tells_its_site(stage: Stage) -> None:
    put(stage, a_note(), topics=("Éviction",))
    told = document(stage, put(stage, replace(a_mapping(), name=None), options={"subject": "eviction"}).iri)
    assert told["name"] == "Éviction ≈ un terme de x.example"


async def test_a_mapping_of_a_term_nobody_knows_is_told(stage: Stage) -> None:
    with pytest.raises(Invalid, match="inconnu"):
        put(stage, a_mapping(), options={"subject": "inconnu"})


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"author": f"{HERE}/personnes/absente"}, NotFound),
        ({"author": V}, NotFound),
        ({"community": f"{HERE}/communautes/absente"}, NotFound),
        ({"community": B}, NotAllowed),
        ({"replaces": f"{HERE}/ressources/absente"}, NotFound),
        ({"audience": Audience.CHOSEN}, NotAllowed),
    ],
)
async def test_what_may_not_be_is_refused_and_leaves_nothing(
    stage: Stage, changed: dict[str, Any], error: type[NodeError]
) -> None:
    with pytest.raises(error):
        put(stage, a_note(), topics=("Éviction",), **changed)
    assert stage.database.read_now(lambda uow: uow.things.count(scope=Scope(actor=stage.author))) == 0


@pytest.mark.parametrize("cls", [Create, Person, InformalGroup, OrderedCollection])
async def test_nobody_is_published_and_no_deed(stage: Stage, cls: type[Object]) -> None:
    with pytest.raises(Invalid, match=f"this is a {cls.TYPE}"):
        put(stage, cls(name=Text.of("Mireille")))


async def test_only_members_publish_and_only_authors_or_curators_change(stage: Stage) -> None:
    outsider, observer = stage.person("Zoé Roy"), stage.person("Luc Roy", role="observation")
    member = stage.person("Ali Ben", role="membre")
    entry = put(stage, a_note())
    for author in (outsider, observer):
        with pytest.raises(NotAllowed):
            put(stage, a_note(), author=author)
    with pytest.raises(NotAllowed):
        put(stage, a_note("volée"), author=member, replaces=entry.iri)
    mine = put(stage, a_note(), author=member)
    changed = put(stage, a_note("relue"), replaces=mine.iri)
    assert (changed.author, changed.name) == (member, "relue")


async def test_the_organisation_may_publish_in_its_communities(stage: Stage) -> None:
    assert put(stage, a_note(), author=f"{HERE}/organisation").author == f"{HERE}/organisation"


async def test_what_is_not_well_formed_is_told_with_its_source(stage: Stage) -> None:
    with pytest.raises(Invalid, match=r"fiche\.md"):
        put(stage, Note(summary=Text.of("un avertissement"), content=Text.of("x")))


async def test_a_deleted_thing_gets_no_new_version(stage: Stage) -> None:
    entry = put(stage, a_note())
    stage.database.write_now(lambda uow: uow.things.bury(entry.iri, b"{}", stage.now))
    with pytest.raises(Conflict):
        put(stage, a_note(), replaces=entry.iri)
