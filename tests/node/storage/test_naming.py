"""What the IRIs in things are called, as far as the reader may know it."""

from __future__ import annotations

from kit.rows import HERE, NOW
from kit.web_node import furnish, plant
from node.contracts import House
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.engine import Database
from node.storage.naming import names_of, title_of
from vocab.things.concept import Concept
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

HOUSE = House(url=HERE, name="Maison", mode="open", language="fr", now=NOW)
COMMUNITY, AUTHOR = f"{HERE}/communautes/logement", f"{HERE}/personnes/mireille"
OPEN, HIDDEN, GONE = (f"{HERE}/termes/{name}" for name in ("ouvert", "cache", "parti"))
GENRE = "https://w3id.org/cdp/genres/outil"


def test_names_are_told_as_far_as_the_reader_may_know_them(database: Database) -> None:
    database.write_now(lambda uow: furnish(uow, HOUSE))
    for iri, audience in ((OPEN, Audience.PUBLIC), (HIDDEN, Audience.COMMUNITY), (GONE, Audience.PUBLIC)):
        path = iri.removeprefix(f"{HERE}/")
        database.write_now(lambda uow, path=path, audience=audience: plant(uow, HOUSE, path, audience, name=f"Nom de {path}"))  # type: ignore[misc]
    database.write_now(lambda uow: uow.things.bury(GONE, b"{}", NOW))
    topics = tuple(Ref(iri) for iri in (OPEN, HIDDEN, GONE, "https://a.example/inconnu"))
    note = PracticeNote(id=f"{HERE}/ressources/n", attributed_to=(Ref(AUTHOR),), topic=topics, genre=Ref(GENRE))
    told = database.read_now(lambda uow: names_of(uow, [note], PUBLIC_SCOPE, "fr"))
    assert told == {AUTHOR: "Mireille", OPEN: "Nom de termes/ouvert", GENRE: told[GENRE]}
    theirs = Scope(actor=AUTHOR, communities=frozenset({COMMUNITY}))
    assert HIDDEN in database.read_now(lambda uow: names_of(uow, [note], theirs, "fr"))
    english = database.read_now(lambda uow: names_of(uow, [note], PUBLIC_SCOPE, "en"))
    assert english[GENRE] != told[GENRE]


def test_a_term_is_called_by_its_label_in_the_language_of_the_reader() -> None:
    labels = Text.by_language({"fr": "éviction", "en": "eviction"})
    assert title_of(Concept(name=Text.of("Éviction", "fr"), pref_label=labels), "en") == "eviction"
    assert title_of(Concept(name=Text.of("Éviction", "fr")), "en") == "Éviction"
    assert title_of(PracticeNote(), "fr") == ""
