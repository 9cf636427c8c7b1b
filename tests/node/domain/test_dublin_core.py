from __future__ import annotations

from datetime import UTC, datetime

from node.domain.dublin_core import LONGEST_DESCRIPTION, Statement, statements
from vocab.things.event import Event
from vocab.things.group import Group
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text

PERSON, PLACE = "https://a.example/personnes/ana", "https://a.example/lieux/1"
NAMES = {PERSON: "Ana", "https://a.example/termes/1": "accueil", "https://w3id.org/cdp/genres/outil": "outil"}


def test_each_element_gets_what_it_is_for() -> None:
    thing = RepertoireItem(
        id="https://a.example/ressources/1",
        name=Text.by_language({"fr": "La visite", "en": "The visit"}),
        content=Text.of("<p>Aller <b>voir</b></p><p>les gens</p>", "fr"),
        attributed_to=(Ref(PERSON), Ref("", Group(name=Text.of("Le collectif")))),
        creator=(Text.of("Zoé"),),
        integrator=(Ref("https://b.example/x"),),
        topic=(Ref("https://a.example/termes/1"), Ref("https://b.example/termes/2")),
        genre=Ref("https://w3id.org/cdp/genres/outil"),
        territory=(Ref(PLACE),),
        license=Ref("https://creativecommons.org/licenses/by/4.0/"),
        origin=Ref("https://b.example/article"),
        references=(Ref("https://c.example/1"),),
        identifier=("doi:10.1/x",),
        published=datetime(2026, 11, 22, 23, 30, tzinfo=UTC),
    )
    said = [(each.element, each.value, each.language) for each in statements(thing, NAMES, "Maison")]
    assert said == [
        ("title", "La visite", "fr"),
        ("title", "The visit", "en"),
        ("description", "Aller voir les gens", "fr"),
        ("creator", "Ana", ""),
        ("creator", "Le collectif", ""),
        ("creator", "Zoé", ""),
        ("contributor", "https://b.example/x", ""),
        ("publisher", "Maison", ""),
        ("subject", "accueil", ""),
        ("subject", "https://b.example/termes/2", ""),
        ("type", "outil", ""),
        ("type", "Text", ""),
        ("date", "2026-11-22", ""),
        ("identifier", "https://a.example/ressources/1", ""),
        ("identifier", "doi:10.1/x", ""),
        ("language", "fr", ""),
        ("source", "https://b.example/article", ""),
        ("relation", "https://c.example/1", ""),
        ("coverage", PLACE, ""),
        ("rights", "https://creativecommons.org/licenses/by/4.0/", ""),
    ]


def test_nothing_is_said_twice_or_empty_and_nothing_without_end() -> None:
    both = Text.by_language({"": "Titre", "fr": "Titre"}, primary="")
    event = Event(
        id="https://a.example/rencontres/1",
        name=both,
        summary=Text.of("mot " * 2_000),
        start_time=datetime(2026, 12, 1, tzinfo=UTC),
    )
    said = statements(event, {}, "")
    assert [each for each in said if each.element == "title"] == [Statement(element="title", value="Titre", language="fr")]
    described = next(each.value for each in said if each.element == "description")
    assert (len(described), described[-1]) == (LONGEST_DESCRIPTION, "…")
    assert {(each.element, each.value) for each in said} >= {("type", "Event"), ("date", "2026-12-01")}
    assert all(each.value for each in said)
