"""What lists show of a resource."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from kit.guests import THERE, Stage, V, act, note
from node.contracts import Visit
from node.domain.visibility import ANYONE, PUBLIC_SCOPE
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import authors_of, card
from node.web.desk import Desk, Link
from vocab.things.note import Note
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text


def test_of_very_many_authors_the_first_are_looked_up() -> None:
    """Twenty thousand took a visitor five seconds."""
    asked: list[str] = []
    desk = cast("Any", SimpleNamespace(person=asked.append))
    thing = Note(id="https://a.example/1", attributed_to=tuple(Ref(f"https://a.example/{number}") for number in range(20_000)))
    stored = SimpleNamespace(thing=thing, entry=SimpleNamespace(is_local=False, author="https://a.example/0"))
    authors_of(desk, cast("Any", stored))
    assert asked[0] == "https://a.example/0"
    assert len(asked) == 50


@pytest.mark.parametrize(
    ("said", "is_local", "shown"),
    [
        ({"origin": Ref("https://praxis.example/n/1/")}, True, []),
        ({"origin": Ref("https://praxis.example/n/1/"), "creator": (Text.of("Joël"),)}, True, ["Joël"]),
        ({"creator": (Text.of("Joël"),)}, False, ["https://a.example/mia"]),
        ({}, True, ["https://a.example/mia"]),
    ],
)
def test_who_brought_something_here_did_not_write_it(said: dict[str, Any], is_local: bool, shown: list[str]) -> None:
    """What another server says of its authors does not hide who sent it."""
    desk = cast("Any", SimpleNamespace(person=lambda iri: Link(text=iri)))
    thing = RepertoireItem(id="https://a.example/1", attributed_to=(Ref("https://a.example/mia"),), **said)
    stored = SimpleNamespace(thing=thing, entry=SimpleNamespace(is_local=is_local, author="https://a.example/mia"))
    assert [each.text for each in authors_of(desk, cast("Any", stored))] == shown


@pytest.mark.parametrize("summary", ["", " ", None])
async def test_a_note_with_an_empty_summary_shows_its_words(memory: Database, summary: str | None) -> None:
    """GoToSocial and Pleroma send one with every note."""
    stage = Stage(memory, mode="open")
    said = note(type="Note", content="<p>Bonjour à vous</p>", summary=summary)
    await stage.receive(act("Create", V, {key: value for key, value in said.items() if key != "name"}))
    visit = Visit(house=stage.house(), reader=ANYONE, language="fr", path={}, query={}, url="/")

    def shown(uow: UnitOfWork) -> str:
        stored = uow.things.get(f"{THERE}/ressources/1", PUBLIC_SCOPE)
        assert stored is not None
        return card(Desk(uow, visit), stored).summary

    assert stage.database.read_now(shown) == "Bonjour à vous"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            "<p>stabilité ≈ maintien</p><p>« Stabilité » dit presque la même chose.</p>",
            "« Stabilité » dit presque la même chose.",
        ),
        ("<p>stabilité ≈ maintien, ou presque.</p>", "stabilité ≈ maintien, ou presque."),
        ("<p>stabilité ≈ maintien</p>", "stabilité ≈ maintien"),
    ],
)
async def test_what_begins_with_its_title_does_not_show_it_twice(memory: Database, words: str, shown: str) -> None:
    """Mappings say their title once more at the beginning, for servers that show the text alone."""
    stage = Stage(memory, mode="open")
    await stage.receive(act("Create", V, {**note(), "name": "stabilité ≈ maintien", "content": words, "summary": None}))
    visit = Visit(house=stage.house(), reader=ANYONE, language="fr", path={}, query={}, url="/")

    def summary(uow: UnitOfWork) -> str:
        stored = uow.things.get(f"{THERE}/ressources/1", PUBLIC_SCOPE)
        assert stored is not None
        return card(Desk(uow, visit), stored).summary

    assert stage.database.read_now(summary) == shown
