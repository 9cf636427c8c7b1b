"""Arranging a notebook: its outline, its parts, and what two people make of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kit.guests import Stage
from node.actions.arrange import Arrangement, arrange, begun
from node.actions.publish import publish
from node.contracts import Draft
from node.domain.entries import Audience
from node.domain.notebooks import items_of
from node.domain.placing import Placement
from node.domain.plans import Line, Plan, added, nested, raised, removed
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.outlining import opened
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.things.notebook import Notebook
from vocab.things.object import Object
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text


class Shelf:
    """A notebook of three notes."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.notes = [self.put(PracticeNote(name=Text.of(name, "fr"))) for name in ("Une", "Deux", "Trois")]
        outline = OrderedCollection(items=tuple(map(Ref, self.notes)))
        self.book = self.put(Notebook(name=Text.of("Carnet", "fr"), content=Text.of("<p>Lire.</p>", "fr"), entries=outline.ref))

    def put(self, thing: Object) -> str:
        placed = Placement(author=self.stage.author, community=self.stage.community, audience=Audience.PUBLIC)
        draft = Draft(thing=thing, source="x")
        return self.stage.database.write_now(lambda uow: publish(uow, self.stage.house(), draft, placed)).iri

    def begin(self, by: str = "") -> Arrangement:
        return self.stage.database.read_now(lambda uow: begun(uow, self.stage.house(), self.book, by or self.stage.author))

    def save(self, wish: Arrangement, plan: Plan) -> None:
        self.stage.now += timedelta(minutes=1)
        made = replace(wish, plan=plan)
        self.stage.database.write_now(lambda uow: arrange(uow, self.stage.house(), made, publish))

    def outline(self) -> list[str]:
        def look(uow: UnitOfWork) -> list[str]:
            return [" " * each.line.depth + each.line.title for each in opened(uow, self.stored_in(uow), PUBLIC_SCOPE)]

        return self.stage.database.read_now(look)

    def stored_in(self, uow: UnitOfWork) -> StoredThing:
        stored = uow.things.get_any(self.book)
        assert stored is not None
        return stored

    def stored(self) -> Notebook:
        stored = self.stage.database.read_now(lambda uow: uow.things.get_any(self.book))
        assert stored is not None
        assert isinstance(stored.thing, Notebook)
        return stored.thing

    def count(self) -> int:
        def look(uow: UnitOfWork) -> int:
            return uow.versions.current(self.stored_in(uow))

        return self.stage.database.read_now(look)


@pytest.fixture
def shelf(memory: Database) -> Shelf:
    return Shelf(Stage(memory))


def test_a_new_order_is_a_version_and_the_list_in_the_text_follows(shelf: Shelf) -> None:
    wish = shelf.begin()
    shelf.save(wish, wish.plan)
    assert shelf.count() == 1
    shelf.save(wish, raised(wish.plan, 2))
    assert shelf.outline() == ["Une", "Trois", "Deux"]
    assert shelf.count() == 2
    content = shelf.stored().content
    assert content is not None
    assert content.primary.count("<ol>") == 1
    assert content.primary.index("Trois") < content.primary.index("Deux")


def test_a_part_is_a_notebook_of_its_own_and_holds_what_is_put_into_it(shelf: Shelf) -> None:
    wish = shelf.begin()
    plan = added(wish.plan, Line(iri="", title="Première partie", is_part=True))
    plan = nested(raised(plan, 3), 3)
    shelf.save(wish, plan)
    assert shelf.outline() == ["Une", "Deux", "Première partie", " Trois"]
    assert len(items_of(shelf.stored())) == 3
    again = shelf.begin()
    assert [line.is_part for line in again.plan] == [False, False, True, False]
    shelf.save(again, removed(again.plan, 2))
    assert shelf.outline() == ["Une", "Deux", "Trois"]


def test_what_another_added_meanwhile_stays(shelf: Shelf) -> None:
    mine, theirs = shelf.begin(), shelf.begin()
    fresh = shelf.put(PracticeNote(name=Text.of("Quatre", "fr")))
    shelf.save(theirs, added(theirs.plan, Line(iri=fresh)))
    shelf.save(mine, removed(raised(mine.plan, 2), 0))
    assert shelf.outline() == ["Trois", "Deux", "Quatre"]


def test_only_those_who_may_change_it_arrange_it(shelf: Shelf) -> None:
    other = shelf.stage.person("Luc", role="membre")
    with pytest.raises(NotAllowed):
        shelf.begin(other)
    with pytest.raises(NotFound):
        shelf.save(replace(shelf.begin(), iri=shelf.notes[0]), ())
    with pytest.raises(NotAllowed):
        shelf.save(replace(shelf.begin(), by=other), ())


def test_a_note_in_two_parts_stays_in_both(shelf: Shelf) -> None:
    inner = OrderedCollection(items=(Ref(shelf.notes[0]),)).ref
    part = shelf.put(Notebook(name=Text.of("Partie", "fr"), entries=inner))
    wish = shelf.begin()
    shelf.save(wish, added(wish.plan, Line(iri=part)))
    again = shelf.begin()
    assert [line.title for line in again.plan] == ["Une", "Deux", "Trois", "Partie", "Une"]
    shelf.save(again, raised(again.plan, 1))
    assert shelf.outline() == ["Deux", "Une", "Trois", "Partie"]
    known = shelf.stage.database.read_now(lambda uow: uow.things.get_any(part))
    assert known is not None
    assert isinstance(known.thing, Notebook)
    assert items_of(known.thing) == (shelf.notes[0],)
