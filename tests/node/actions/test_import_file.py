"""Importing: once, again only when changed, and told before it is done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kit.guests import Stage
from node.actions.import_file import Fate, Imported, import_file
from node.actions.publish import publish
from node.actions.withdraw import withdraw
from node.contracts import Draft
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Invalid
from node.storage.engine import Database
from vocab.things.note import Note
from vocab.things.practice_note import PracticeNote
from vocab.values import Text


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def draft(source: str = "a.txt", words: str = "Un texte.", **options: str) -> Draft:
    return Draft(thing=PracticeNote(name=Text.of("Titre", "fr"), content=Text.of(words, "fr")), source=source, options=options)


def take(stage: Stage, *drafts: Draft, is_dry: bool = False) -> list[Imported]:
    placed = Placement(author=stage.author, community=stage.community, audience=Audience.PUBLIC)
    return stage.database.write_now(lambda uow: import_file(uow, stage.house(), drafts, placed, None if is_dry else publish))


def count(stage: Stage) -> int:
    return stage.database.read_now(lambda uow: uow.things.count(scope=PUBLIC_SCOPE))


async def test_a_second_time_makes_nothing_new(stage: Stage) -> None:
    first = take(stage, draft(), draft("b.txt"))
    again = take(stage, draft(), draft("b.txt"))
    assert [each.fate for each in first] == [Fate.NEW, Fate.NEW]
    assert [(each.fate, each.iri) for each in again] == [(Fate.SAME, each.iri) for each in first]
    assert count(stage) == 2


async def test_what_has_changed_is_a_new_version_of_the_same(stage: Stage) -> None:
    (first,) = take(stage, draft())
    (again,) = take(stage, draft(words="Un texte relu."))
    assert (again.fate, again.iri, count(stage)) == (Fate.CHANGED, first.iri, 1)


async def test_a_key_outlives_another_file_name(stage: Stage) -> None:
    (first,) = take(stage, draft(key="k1"))
    (again,) = take(stage, draft("renamed.txt", key="k1"))
    assert (again.fate, again.iri) == (Fate.SAME, first.iri)


async def test_a_dry_run_says_it_and_does_nothing(stage: Stage) -> None:
    assert [each.fate for each in take(stage, draft(), is_dry=True)] == [Fate.NEW]
    take(stage, draft())
    assert [each.fate for each in take(stage, draft(), draft("b.txt"), is_dry=True)] == [Fate.SAME, Fate.NEW]
    assert count(stage) == 1


async def test_what_was_withdrawn_does_not_come_back(stage: Stage) -> None:
    (first,) = take(stage, draft())
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), first.iri, stage.author))
    (again,) = take(stage, draft(words="Autre chose."))
    assert (again.fate, count(stage)) == (Fate.SAME, 0)


async def test_one_bad_draft_leaves_nothing_of_the_others(stage: Stage) -> None:
    bad = replace(draft("bad.txt"), thing=Note(summary=Text.of("x"), content=Text.of("y")))
    with pytest.raises(Invalid, match=r"bad\.txt"):
        take(stage, draft(), bad)
    assert count(stage) == 0
