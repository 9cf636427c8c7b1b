"""Whatever changes a thing leaves what it said before: a form, an import, another server, an archive put back."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest

from kit.guests import THERE, Stage, V, act, note
from node.actions.import_file import Run, import_parts
from node.actions.publish import publish
from node.contracts import Draft
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage import archiving
from node.storage.archiving import Portion
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork
from vocab.things.practice_note import PracticeNote
from vocab.values import Text

FAR = f"{THERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    return made


def said(stage: Stage, iri: str, scope: Scope = PUBLIC_SCOPE) -> list[tuple[int, str, str]]:
    def look(uow: UnitOfWork) -> list[tuple[int, str, str]]:
        stored = uow.things.get_any(iri)
        assert stored is not None
        found = uow.versions.of(stored, scope)
        return [(each.number, str(getattr(each.stored.thing, "name", "")), each.by) for each in found]

    return stage.database.read_now(look)


async def test_what_its_server_tells_anew_is_a_version(stage: Stage) -> None:
    await stage.receive(act("Create", V, note()))
    await stage.receive(
        act("Update", V, {**note(), "updated": "2026-11-21T10:00:00Z", "likes": {"type": "Collection", "totalItems": 3}})
    )
    assert len(said(stage, FAR)) == 1, "a count is nobody's words"
    await stage.receive(act("Update", V, {**note(), "name": "nouveau", "updated": "2026-11-21T11:00:00Z"}, 3))
    assert said(stage, FAR) == [(2, "nouveau", V), (1, "Une note", V)]
    await stage.receive(act("Delete", V, FAR, 4))
    assert len(said(stage, FAR)) == 1


def test_what_is_imported_again_is_a_version(stage: Stage) -> None:
    placed = Placement(author=stage.author, community=stage.community, audience=Audience.PUBLIC)

    def take(words: str) -> str:
        thing = PracticeNote(name=Text.of(words, "fr"), content=Text.of(f"<p>{words}</p>", "fr"))
        run = Run(placement=placed, publish=publish, source="a.txt")
        drafts = [Draft(thing=thing, source="a.txt", options={"key": "a"})]
        return stage.database.write_now(lambda uow: import_parts(uow, stage.house(), drafts, run))[0].iri

    iri = take("Un")
    assert take("Deux") == iri
    assert said(stage, iri) == [(2, "Deux", stage.author), (1, "Un", stage.author)]


def test_what_was_public_before_it_was_narrowed_is_no_more_than_it_is_now(stage: Stage) -> None:
    placed = Placement(author=stage.author, community=stage.community, audience=Audience.PUBLIC)

    def put(name: str, placement: Placement) -> str:
        thing = PracticeNote(name=Text.of(name, "fr"))
        return stage.database.write_now(lambda uow: publish(uow, stage.house(), Draft(thing=thing, source="x"), placement)).iri

    iri = put("Un", placed)
    put("Deux", replace(placed, replaces=iri, audience=Audience.COMMUNITY))
    assert stage.database.read_now(lambda uow: uow.things.get(iri, PUBLIC_SCOPE)) is None
    put("Trois", replace(placed, replaces=iri))
    assert [name for _, name, _ in said(stage, iri)] == ["Trois", "Un"]


@pytest.mark.parametrize("has_private", [False, True])
def test_an_archive_carries_versions_but_no_drafts_that_nobody_asked_for(stage: Stage, *, has_private: bool) -> None:
    placed = Placement(author=stage.author, community=stage.community, audience=Audience.SELF)

    def put(name: str, placement: Placement) -> str:
        thing = PracticeNote(name=Text.of(name, "fr"))
        return stage.database.write_now(lambda uow: publish(uow, stage.house(), Draft(thing=thing, source="x"), placement)).iri

    iri = put("Brouillon", placed)
    for name in ("Public", "Encore"):
        put(name, replace(placed, replaces=iri, audience=Audience.PUBLIC))

    def rows(uow: UnitOfWork) -> list[bytes]:
        portion = Portion(has_private=has_private)
        assert "versions" in archiving.names(portion)
        return list(archiving.lines(uow, "versions", portion, archiving.hidden(uow, portion), archiving.gone(uow)))

    kept = stage.database.read_now(rows)
    assert [orjson.loads(line)["number"] for line in kept] == ([1, 2, 3] if has_private else [2, 3])

    def put_back(uow: UnitOfWork) -> None:
        archiving.clear(uow)
        archiving.put(uow, "versions", kept)

    before = said(stage, iri)
    thing = stage.database.read_now(lambda uow: uow.things.get_any(iri))
    assert thing is not None
    stage.database.write_now(put_back)
    again = stage.database.read_now(lambda uow: uow.versions.of(thing, PUBLIC_SCOPE))
    assert [(each.number, str(getattr(each.stored.thing, "name", ""))) for each in again] == [each[:2] for each in before]
