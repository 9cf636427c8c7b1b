"""Who is told when something is taken back: those it was sent to, and those who took it from the repertoire themselves."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kit.guests import Stage
from node.actions.publish import publish
from node.actions.withdraw import withdraw
from node.contracts import Draft
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.storage.engine import Database
from vocab.things.practice_note import PracticeNote
from vocab.values import Text


@pytest.fixture
def stage(memory: Database) -> Stage:
    """A community with a note that is older than the one who follows it."""
    made = Stage(memory)
    made.approve()
    return made


def put(stage: Stage, *, audience: Audience = Audience.PUBLIC, replaces: str = "") -> Entry:
    thing = PracticeNote(name=Text.of("Accueil", "fr"), content=Text.of("<p>En trois temps.</p>", "fr"))
    placed = replace(Placement(author=stage.author, community=stage.community, audience=audience), replaces=replaces)
    return stage.database.write_now(lambda uow: publish(uow, stage.house(), Draft(thing=thing, source="fiche.md"), placed))


def follow(stage: Stage) -> None:
    stage.followed()


def deletes(stage: Stage, iri: str) -> list[str]:
    """The inboxes to which a Delete of a thing is on its way."""
    rows = stage.database.read_now(lambda uow: [(row, uow.deliveries.document(row)) for row in uow.deliveries.waiting()])
    return [row.inbox for row, sent in rows if row.object == iri and json.loads(sent)["type"] == "Delete"]


def test_who_followed_later_is_told_of_a_withdrawal(stage: Stage) -> None:
    entry = put(stage)
    follow(stage)
    assert deletes(stage, entry.iri) == []
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), entry.iri, stage.author))
    assert len(deletes(stage, entry.iri)) == 1


def test_who_followed_later_is_told_that_it_is_for_the_community_alone(stage: Stage) -> None:
    entry = put(stage)
    follow(stage)
    put(stage, audience=Audience.COMMUNITY, replaces=entry.iri)
    assert len(deletes(stage, entry.iri)) == 1


def test_nobody_is_told_of_what_they_never_could_read(stage: Stage) -> None:
    entry = put(stage, audience=Audience.COMMUNITY)
    follow(stage)
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), entry.iri, stage.author))
    assert deletes(stage, entry.iri) == []
