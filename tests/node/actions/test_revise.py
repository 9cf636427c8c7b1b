"""Changing things of ours: alone, after others, and back to what they said before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from kit.guests import Stage
from node.actions.publish import publish
from node.actions.revise import Contested, Revision, restore, revise
from node.contracts import Draft
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.shelves.versions import Version
from vocab.things.practice_note import PracticeNote
from vocab.values import Text

TEXT = "<p>Un premier pas.</p><p>Un autre pas.</p>"


@dataclass
class Desk:
    stage: Stage
    iri: str = ""
    people: dict[str, str] = field(default_factory=dict)

    def save(self, by: str, base: int, *, seen: int = 0, comment: str = "", **sheet: str) -> Entry:
        self.stage.now += timedelta(minutes=1)
        wish = Revision(iri=self.iri, by=self.people[by], base=base, seen=seen, comment=comment, sheet=sheet)
        return self.stage.database.write_now(lambda uow: revise(uow, self.stage.house(), wish, publish))

    def versions(self) -> list[Version]:
        def look(uow: Any) -> list[Version]:
            stored = uow.things.get_any(self.iri)
            return list(uow.versions.of(stored, PUBLIC_SCOPE))

        return self.stage.database.read_now(look)

    def note(self) -> PracticeNote:
        thing = self.versions()[0].stored.thing
        assert isinstance(thing, PracticeNote)
        return thing

    def told(self) -> list[tuple[int, str, str]]:
        names = {iri: name for name, iri in self.people.items()}
        return [(each.number, names[each.by], each.comment) for each in self.versions()]


@pytest.fixture
def desk(memory: Database) -> Desk:
    stage = Stage(memory)
    made = Desk(stage)
    made.people = {"mireille": stage.author}
    made.people |= {name: stage.person(name.title(), role=role) for name, role in {"ali": "curation", "zoe": "membre"}.items()}
    note = PracticeNote(name=Text.of("Accueil", "fr"), content=Text.of(TEXT, "fr"))
    placed = Placement(author=made.people["zoe"], community=stage.community, audience=Audience.PUBLIC)
    made.iri = memory.write_now(lambda uow: publish(uow, stage.house(), Draft(thing=note, source="x"), placed)).iri
    return made


def test_a_revision_is_the_next_version_with_its_author_and_remark(desk: Desk) -> None:
    desk.save("ali", 1, comment="Titre plus clair", titre="Bien accueillir")
    assert desk.told() == [(2, "ali", "Titre plus clair"), (1, "zoe", "")]
    assert desk.note().name == Text.of("Bien accueillir", "fr")
    assert desk.note().change_note == (Text.of("Titre plus clair", "fr"),)
    assert desk.versions()[0].stored.entry.author == desk.people["zoe"]
    waiting = desk.stage.database.read_now(lambda uow: uow.notices.of(desk.people["zoe"], PUBLIC_SCOPE))
    assert [(each.kind, each.by) for each in waiting] == [("change", desk.people["ali"])]


def test_what_says_the_same_is_no_version(desk: Desk) -> None:
    desk.save("ali", 1, titre="Accueil")
    assert len(desk.versions()) == 1


def test_what_two_people_change_in_different_places_is_joined(desk: Desk) -> None:
    desk.save("ali", 1, texte="Un premier pas.\n\nUn autre pas, de côté.", statut="hypothese")
    desk.save("zoe", 1, texte="Un tout premier pas.\n\nUn autre pas.", sujets="entraide")
    said = desk.note()
    assert said.source is not None
    assert "tout premier pas" in (said.content.primary if said.content else "")
    assert "de côté" in (said.content.primary if said.content else "")
    assert said.knowledge_status is not None
    assert len(said.topic) == 1
    assert [number for number, _, _ in desk.told()] == [3, 2, 1]


def test_the_same_words_changed_by_both_are_shown_before_one_takes_the_place_of_the_other(desk: Desk) -> None:
    desk.save("ali", 1, titre="Bien accueillir", statut="hypothese")
    with pytest.raises(Contested) as refused:
        desk.save("zoe", 1, titre="Accueillir mieux")
    assert refused.value.fields == ("titre",)
    assert refused.value.by == desk.people["ali"]
    desk.save("zoe", 1, seen=2, titre="Accueillir mieux")
    said = desk.note()
    assert said.name == Text.of("Accueillir mieux", "fr")
    assert said.knowledge_status is not None
    assert [str(getattr(each.stored.thing, "name", "")) for each in desk.versions()] == [
        "Accueillir mieux",
        "Bien accueillir",
        "Accueil",
    ]


def test_a_third_change_is_seen_too_before_anything_is_lost(desk: Desk) -> None:
    desk.save("ali", 1, titre="Deux")
    desk.save("mireille", 2, titre="Trois")
    with pytest.raises(Contested):
        desk.save("zoe", 1, seen=2, titre="Quatre")


def test_a_former_version_comes_back_as_a_new_one(desk: Desk) -> None:
    before = desk.note()
    desk.save("ali", 1, titre="Autre", texte="Rien.", statut="conteste")
    wish = Revision(iri=desk.iri, by=desk.people["ali"], base=2, sheet={}, comment="Version 1 rétablie")
    desk.stage.database.write_now(lambda uow: restore(uow, desk.stage.house(), wish, 1, publish))
    said = desk.note()
    assert (said.name, said.content, said.knowledge_status) == (before.name, before.content, None)
    assert desk.told() == [(3, "ali", "Version 1 rétablie"), (2, "ali", ""), (1, "zoe", "")]
    with pytest.raises(NotFound):
        desk.stage.database.write_now(lambda uow: restore(uow, desk.stage.house(), wish, 9, publish))


def test_only_its_author_and_curators_change_it(desk: Desk) -> None:
    desk.people["luc"] = desk.stage.person("Luc", role="membre")
    with pytest.raises(NotAllowed):
        desk.save("luc", 1, titre="À moi")
    desk.people["personne"] = ""
    with pytest.raises(NotFound):
        desk.save("personne", 1, titre="À moi")
    with pytest.raises(Invalid, match="no such version"):
        desk.save("zoe", 7, titre="Autre")
