"""What a community shows first: only what is public and its own, told to its followers, decided by those who may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kit.guests import HERE, B, Stage
from node.actions.feature import feature, unfeature
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Conflict, NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.shelves import featured


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.followed()
    return made


def shown(stage: Stage) -> list[str]:
    return stage.database.read_now(lambda uow: uow.featured.of(stage.community, scope=PUBLIC_SCOPE))


def do(stage: Stage, iri: str, *, by: str = "", off: bool = False) -> None:
    deed = unfeature if off else feature
    stage.database.write_now(lambda uow: deed(uow, stage.house(), stage.community, iri, by or stage.author))


def test_it_is_listed_told_and_taken_off(stage: Stage) -> None:
    entry = stage.note("Une note")
    do(stage, entry.iri)
    do(stage, entry.iri)
    assert shown(stage) == [entry.iri]
    do(stage, entry.iri, off=True)
    assert shown(stage) == []
    told = [body for body in stage.sent() if body["type"] in {"Add", "Remove"}]
    assert [(body["type"], body["actor"], body["object"], body["target"]) for body in told] == [
        (kind, stage.community, entry.iri, f"{stage.community}/en-vedette") for kind in ("Add", "Remove")
    ]
    with pytest.raises(NotFound):
        do(stage, entry.iri, off=True)


@pytest.mark.parametrize("what", ["absent", "hidden", "foreign"])
def test_what_is_hidden_or_not_its_own_is_not_shown_first(stage: Stage, what: str) -> None:
    iri = f"{HERE}/ressources/absente"
    if what == "hidden":
        iri = stage.note("Pour nous", Audience.COMMUNITY).iri
    elif what == "foreign":
        iri = stage.note("Une note").iri
        stage.database.write_now(lambda uow: uow.holdings.remove(stage.community, iri))
        other = stage.database.read_now(lambda uow: uow.things.get_any(iri))
        assert other is not None
        stage.database.write_now(lambda uow: uow.things.put(replace(other.entry, community=B), other.document))
    with pytest.raises(NotFound):
        do(stage, iri)
    assert shown(stage) == []


def test_only_who_looks_after_the_repertoire_decides(stage: Stage) -> None:
    entry, person = stage.note("Une note"), stage.person("Ali Ben", role="membre")
    with pytest.raises(NotAllowed):
        do(stage, entry.iri, by=person)
    do(stage, entry.iri, by=stage.house().organisation)
    with pytest.raises(NotAllowed):
        do(stage, entry.iri, by=person, off=True)


def test_a_full_list_is_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(featured, "MOST", 1)
    do(stage, stage.note("Une note").iri)
    with pytest.raises(Conflict, match="full"):
        do(stage, stage.note("Une autre").iri)
