"""The two pages of the thesis, brought in from Praxis: everything that stood in their side bar is shown here, with its name."""

from __future__ import annotations

import pytest

from kit.guests import HERE, Stage
from kit.seeds import shared
from node.actions.publish import publish
from node.collect import collect
from node.contracts import Draft, File, Page, Visit
from node.domain.entries import Audience
from node.domain.html import plain
from node.domain.placing import Placement
from node.domain.visibility import ANYONE
from node.formats.praxis import FORMAT
from node.storage.engine import Database
from node.web import pages, templates
from node.web.pages import thing

SEEDS = ("001-intersections.txt", "002-success-conditions.txt")


def words(memory: Database, name: str, language: str = "fr") -> str:
    """What the page of a seed says."""
    stage = Stage(memory)
    [draft] = FORMAT.drafts(File(name=name, content=shared("seeds", name).read_bytes()))
    assert isinstance(draft, Draft)
    placed = Placement(author=stage.author, community=stage.community, audience=Audience.PUBLIC)
    iri = memory.write_now(lambda uow: publish(uow, stage.house(), draft, placed)).iri
    shelf, ident = iri.removeprefix(f"{HERE}/").split("/")
    visit = Visit(
        house=stage.house(),
        reader=ANYONE,
        language=language,
        path={"shelf": shelf, "id": ident},
        query={},
        url=f"/{shelf}/{ident}",
    )
    view = memory.read_now(lambda uow: thing.PAGE.show(uow, visit))
    return " ".join(plain(templates.render("thing", view, visit, collect(pages, "PAGE", Page))).split())


@pytest.mark.shared
def test_the_first_page_shows_every_field_of_praxis(memory: Database) -> None:
    said = words(memory, SEEDS[0])
    for field, value in {
        "the title with its number": "5.2.2. La collaboration intersectorielle et les intersections naturelles",
        "the box of context": "Cette note fait partie du carnet",
        "the notebook and its size": "65 notes",
        "who brought it in": "Joël Nadeau",
        "when, to the minute": "6 décembre 2023 à 11 h 00",
        "the category": "Discussion",
        "the community": "Animation de communauté de pratique",
        "the day of publication": "Publié le 6 décembre 2023",
        "the history": "Historique",
        "the licence": "licence non précisée",
        "what goes on": "Suite : 5.2.3.",
        "to discuss it": "Conversations",
    }.items():
        assert value in said, field
    for label in ("Intégré le", "Catégorie d’origine", "Communauté liée"):
        assert label in said, label


@pytest.mark.shared
def test_the_second_page_shows_its_linked_notes_with_their_days(memory: Database) -> None:
    said = words(memory, SEEDS[1])
    assert "Table des matières | Mémoire sur les communautés de pratique · 3 décembre 2023" in said
    assert "Introduction | Modèle de soutenabilité des communs (MSC) · 24 avril 2023" in said
    assert "5.1.2.1. L’environnement favorable" in said


@pytest.mark.shared
def test_in_english_the_names_of_the_fields_are_english(memory: Database) -> None:
    said = words(memory, SEEDS[0], "en")
    for label in ("History", "Published", "Licence", "Discussion"):
        assert label in said, label
