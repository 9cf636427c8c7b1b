"""Importing: once, again only when changed, and told before it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from kit.guests import Stage
from node.actions.import_file import Fate, Imported, Run, import_parts, known_once
from node.actions.publish import publish
from node.actions.withdraw import withdraw
from node.contracts import Draft, Unread
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.engine import Database
from node.storage.schema import metadata
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.things.meeting import Meeting
from vocab.things.note import Note
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def draft(source: str = "a.txt", words: str = "Un texte.", **options: str) -> Draft:
    return Draft(thing=PracticeNote(name=Text.of("Titre", "fr"), content=Text.of(words, "fr")), source=source, options=options)


def take(stage: Stage, *drafts: Draft, **asked: Any) -> list[Imported]:
    placed = Placement(author=stage.author, community=stage.community, audience=Audience.PUBLIC)

    def deed(uow: UnitOfWork) -> list[Imported]:
        run = Run(placement=placed, publish=publish, names=uow.imports.called(placed.community, placed.scope))
        return import_parts(uow, stage.house(), drafts, replace(run, **({"source": "a.txt"} | asked)))

    return stage.database.write_now(deed)


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


async def test_a_dry_run_leaves_no_row_anywhere(stage: Stage) -> None:
    def counts(uow: UnitOfWork) -> dict[str, int]:
        return {table.name: uow.ground.number(select(func.count()).select_from(table)) for table in metadata.sorted_tables}

    before = stage.database.read_now(counts)
    take(stage, replace(draft(), topics=("un terme nouveau",)), draft("b.txt"), is_dry=True)
    assert stage.database.read_now(counts) == before


async def test_what_was_withdrawn_does_not_come_back(stage: Stage) -> None:
    (first,) = take(stage, draft())
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), first.iri, stage.author))
    (again,) = take(stage, draft(words="Autre chose."))
    assert (again.fate, count(stage)) == (Fate.SAME, 0)


async def test_what_cannot_be_published_is_told_and_spoils_nothing_else(stage: Stage) -> None:
    bad = replace(draft("bad.txt"), thing=Note(summary=Text.of("x"), content=Text.of("y")))
    for is_dry in (True, False):
        done = take(stage, draft(), bad, draft("b.txt"), is_dry=is_dry)
        assert [each.fate for each in done] == [Fate.NEW, Fate.UNREADABLE, Fate.NEW]
        assert "summary" in done[1].remark
        assert count(stage) == (0 if is_dry else 2)


async def test_what_was_edited_here_is_not_overwritten_unless_asked(stage: Stage) -> None:
    (first,) = take(stage, draft())
    entry = stage.note("Relu ici", replaces=first.iri)
    assert [each.fate for each in take(stage, draft())] == [Fate.SAME]
    (told,) = take(stage, draft(words="Ailleurs aussi."))
    assert (told.fate, told.iri, "overwrite" in told.remark) == (Fate.CONFLICT, entry.iri, True)
    (done,) = take(stage, draft(words="Ailleurs aussi."), overwrites=True)
    assert (done.fate, done.iri) == (Fate.CHANGED, entry.iri)
    assert [each.fate for each in take(stage, draft(words="Encore."))] == [Fate.CHANGED]


async def test_what_looks_the_same_from_another_source_is_left_out_unless_asked(stage: Stage) -> None:
    (first,) = take(stage, draft())
    (twin,) = take(stage, draft("z.txt"), source="z.txt")
    assert (twin.fate, twin.iri, count(stage)) == (Fate.PROBABLE, first.iri, 1)
    assert [each.fate for each in take(stage, draft("c.txt"))] == [
        Fate.NEW
    ]  # of the same source: it says itself that it is another
    assert [each.fate for each in take(stage, draft("z.txt"), source="z.txt", takes_probable=True)] == [Fate.NEW]
    assert [each.fate for each in take(stage, draft("z.txt"), source="z.txt")] == [Fate.SAME]


async def test_authors_and_days_tell_things_of_one_name_apart(stage: Stage) -> None:
    take(stage, draft(author="Marie Roy"))
    assert [each.fate for each in take(stage, draft("z", author="Luc Côté"), source="z")] == [Fate.NEW]
    assert [each.fate for each in take(stage, draft("y", author="MARIE ROY"), source="y")] == [Fate.PROBABLE]
    days = [Meeting(name=Text.of("Rencontre"), start_time=datetime(2026, 5, day, tzinfo=UTC)) for day in (1, 2)]
    drafts = [Draft(thing=thing, source=f"m{day}") for day, thing in enumerate(days)]
    assert [take(stage, each, source=each.source)[0].fate for each in drafts] == [Fate.NEW, Fate.NEW]


async def test_the_same_address_is_the_same_thing_whatever_it_is_called(stage: Stage) -> None:
    origin = Ref("https://praxis.example/notes/7")
    first = replace(draft(), thing=replace(thing_of(draft()), origin=origin))
    again = replace(draft("z"), thing=replace(thing_of(draft()), origin=origin, name=Text.of("Autre titre")))
    (done,) = take(stage, first)
    (told,) = take(stage, again, source="z")
    assert (told.fate, told.iri) == (Fate.PROBABLE, done.iri)
    assert take(stage, draft("y", key=done.iri), source="y")[0].iri == done.iri


async def test_nothing_of_what_the_author_may_not_see_is_told(stage: Stage) -> None:
    secret = stage.person("Ali Ben", role="membre")
    stage.note("Titre", Audience.SELF, author=secret)
    assert [each.fate for each in take(stage, draft())] == [Fate.NEW]


async def test_who_wrote_it_is_a_member_by_address_else_a_name_and_never_an_address(stage: Stage) -> None:
    writer = stage.person("Luc Côté", role="membre")
    (done,) = take(stage, draft(author="luc@exemple.org; Marie Roy; inconnue@ailleurs.example"))
    stored = stage.database.read_now(lambda uow: uow.things.get(done.iri, PUBLIC_SCOPE))
    assert stored is not None
    assert stored.entry.author == writer
    assert thing_of(stored).creator == (Text.of("Marie Roy"),)
    assert b"inconnue@" not in stored.document
    assert "inconnue@ailleurs.example" in done.remark


async def test_of_what_others_wrote_it_is_told_who_brought_it_in_and_when_first(stage: Stage) -> None:
    def look(iri: str) -> tuple[tuple[Ref, ...], datetime | None]:
        stored = stage.database.read_now(lambda uow: uow.things.get(iri, PUBLIC_SCOPE))
        assert stored is not None
        return thing_of(stored).integrator, thing_of(stored).integrated

    (own,), (first,) = take(stage, draft()), take(stage, draft("b", author="Marie Roy"))
    assert look(own.iri) == ((), None)
    assert look(first.iri) == ((Ref(stage.author),), stage.now)
    at = stage.now
    stage.later(days=3)
    assert take(stage, draft("b", author="Marie Roy"))[0].fate is Fate.SAME
    assert take(stage, draft("b", words="Relu.", author="Marie Roy"))[0].fate is Fate.CHANGED
    assert look(first.iri) == ((Ref(stage.author),), at)


async def test_words_that_nothing_understands_are_told(stage: Stage) -> None:
    (done,) = take(stage, draft(sector="Habitation", territory="Sherbrooke"))
    assert (done.fate, done.remark) == (Fate.NEW, "left out, for want of an address: sector « Habitation »")


def test_of_two_parts_with_one_key_the_first_counts() -> None:
    met: dict[str, str] = {}
    one, two = known_once([draft("row 2", key="k"), draft("row 3", key="k")], met)
    assert isinstance(one, Draft)
    assert isinstance(two, Unread)
    assert "row 2" in two.reason


def thing_of(holder: Draft | StoredThing) -> Object:
    assert isinstance(holder.thing, Object)
    return holder.thing
