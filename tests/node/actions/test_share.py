"""Sharing in one box: published, to be completed, its names pointed to; and taken back within ten minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kit.guests import Stage
from node.actions.publish import publish
from node.actions.share import SHARED, Wish, share, undo
from node.actions.withdraw import withdraw
from node.domain.entries import Audience, Entry
from node.domain.sharing import Shared
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.domain.writing import person_as_written, term_as_written, thing_as_written
from node.errors import Conflict, Invalid, NotFound
from node.storage.engine import Database
from vocab.things.object import Object


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.followed()
    return made


def put(stage: Stage, shared: Shared, **changed: Any) -> Entry:
    given: dict[str, Any] = {
        "author": stage.author,
        "community": stage.community,
        "audience": Audience.PUBLIC,
        "fields": {"texte": "x"},
    }
    return stage.database.write_now(lambda uow: share(uow, stage.house(), shared, Wish(**(given | changed)), publish))


def take_back(stage: Stage, iri: str, by: str = "") -> int:
    return stage.database.write_now(lambda uow: undo(uow, stage.house(), iri, by or stage.author, withdraw))


async def test_what_is_shared_waits_to_be_completed_and_names_what_it_names(stage: Stage) -> None:
    ali, note = stage.person("Ali Benali", role="membre"), stage.note("Une note")
    topic = put(stage, Shared(text="Premier"), topics=("accueil",))
    term = next(iter(stage.database.read_now(lambda uow: uow.things.listed(scope=PUBLIC_SCOPE, kind="Concept"))))
    named = person_as_written("Ali", ali), term_as_written("accueil", term.entry.iri), thing_as_written("Une note", note.iri)
    entry = put(stage, Shared(text=f"Avec {', '.join(named)}"))
    kept = stage.database.read_now(lambda uow: uow.things.get_any(entry.iri))
    assert kept is not None
    assert isinstance(kept.thing, Object)
    assert [ref.iri for ref in kept.thing.references] == [note.iri]
    assert [ref.iri for ref in kept.thing.topic] == [term.entry.iri]
    assert [notice.kind for notice in stage.database.read_now(lambda uow: uow.notices.of(ali, Scope(actor=ali)))] == ["mention"]
    assert stage.database.read_now(lambda uow: uow.unfinished.among([entry.iri, topic.iri, note.iri])) == {entry.iri, topic.iri}


async def test_what_is_for_oneself_waits_for_nobody(stage: Stage) -> None:
    entry = put(stage, Shared(text="À moi"), audience=Audience.SELF, community="")
    assert stage.database.read_now(lambda uow: uow.unfinished.among([entry.iri])) == frozenset()
    assert stage.sent() == []


async def test_a_name_that_one_may_not_see_points_to_nothing(stage: Stage) -> None:
    hidden = stage.note("Cachée", Audience.COMMUNITY)
    entry = put(
        stage, Shared(text=f"Voir {thing_as_written('Cachée', hidden.iri)} et {person_as_written('x', 'https://e.example/x')}")
    )
    kept = stage.database.read_now(lambda uow: uow.things.get_any(entry.iri))
    assert kept is not None
    assert isinstance(kept.thing, Object)
    assert (kept.thing.references, kept.thing.tag) == ((), ())


async def test_within_ten_minutes_it_is_a_draft_again_and_everybody_is_told(stage: Stage) -> None:
    draft = stage.database.write_now(lambda uow: uow.drafts.save(stage.author, {"texte": "Oups"}, stage.now))
    entry = put(stage, Shared(text="Oups"), fields={"texte": "Oups", "titre": "T"}, draft=draft)
    assert [row.about for row in stage.database.read_now(lambda uow: uow.drafts.of(stage.author))] == [f"{entry.iri}{SHARED}"]
    stage.later(minutes=9)
    number = take_back(stage, entry.iri)
    row = stage.database.read_now(lambda uow: uow.drafts.get(number, stage.author))
    assert row is not None
    assert (row.about, row.fields) == ("", {"texte": "Oups", "titre": "T"})
    assert stage.database.read_now(lambda uow: uow.drafts.count(stage.author)) == 1
    assert {sent["type"] for sent in stage.sent()} <= {"Delete", "Announce"}
    assert stage.database.read_now(lambda uow: uow.unfinished.among([entry.iri])) == frozenset()
    with pytest.raises(NotFound):
        take_back(stage, entry.iri)


async def test_later_or_by_somebody_else_it_stays(stage: Stage) -> None:
    entry = put(stage, Shared(text="Bon"))
    with pytest.raises(NotFound):
        take_back(stage, entry.iri, stage.person("Ali Benali", role="curation"))
    stage.now += timedelta(minutes=11)
    with pytest.raises(Conflict):
        take_back(stage, entry.iri)
    assert stage.database.read_now(lambda uow: uow.things.get(entry.iri, PUBLIC_SCOPE)) is not None


async def test_nothing_is_not_shared(stage: Stage) -> None:
    with pytest.raises(Invalid):
        put(stage, Shared(text=" \n"))
