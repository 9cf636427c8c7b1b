from __future__ import annotations

from kit.rows import HERE, THERE, document, entry
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.engine import Database
from node.storage.glossary import find_place, find_term, find_term_anywhere
from node.storage.unit_of_work import UnitOfWork

MINE, THEIRS = f"{HERE}/communautes/a", f"{THERE}/communautes/b"


def term(iri: str, community: str, *, is_local: bool = True, **said: object) -> tuple[str, str, bool, bytes]:
    concept = document(iri, type="Concept", kind=["Concept"], **said)
    return iri, community, is_local, concept


def known(uow: UnitOfWork) -> None:
    labels = {"fr": "Jeu de dés", "en": "Dice game"}
    rows = [
        term(f"{HERE}/termes/1", MINE, prefLabel=labels, altLabel={"fr": ["Dés"]}),
        term(f"{HERE}/termes/2", f"{HERE}/communautes/c", prefLabel={"fr": "Hébergement"}),
        term(f"{THERE}/termes/3", THEIRS, is_local=False, prefLabel={"fr": "Hébergement"}),
        term(f"{THERE}/termes/4", THEIRS, is_local=False, prefLabel={"fr": "Jeu de dés"}),
    ]
    for iri, community, is_local, said in rows:
        uow.things.put(entry(iri, kind="Concept", type="Concept", community=community, is_local=is_local), said)
    place = entry(f"{HERE}/lieux/1", kind="Place", type="Place", is_local=True)
    uow.things.put(place, document(place.iri, type="Place", kind=["Place"], name="Montréal-Nord"))
    note = entry(f"{HERE}/ressources/1", is_local=True, community=MINE)
    uow.things.put(note, document(note.iri, name="Dice game"))


def test_a_term_is_found_by_any_of_its_labels_whatever_their_accents(database: Database) -> None:
    database.write_now(known)

    def look(uow: UnitOfWork) -> list[str]:
        found = [find_term(uow, label, MINE, PUBLIC_SCOPE) for label in ("jeu  de DES", "Dice Game", "dés", "Hébergement", "jeu")]
        return [each.entry.iri if each else "" for each in found]

    one = f"{HERE}/termes/1"
    assert database.read_now(look) == [one, one, one, "", ""]


def test_what_is_ours_comes_first_then_what_is_elsewhere(database: Database) -> None:
    database.write_now(known)

    def look(uow: UnitOfWork) -> list[str]:
        found = [find_term_anywhere(uow, label, MINE, PUBLIC_SCOPE) for label in ("hebergement", "jeu de des", "rien")]
        return [each.entry.iri if each else "" for each in (*found, find_place(uow, "montreal-nord", PUBLIC_SCOPE))]

    assert database.read_now(look) == [f"{HERE}/termes/2", f"{HERE}/termes/1", "", f"{HERE}/lieux/1"]


def test_labels_are_made_anew_from_the_documents(database: Database) -> None:
    database.write_now(known)
    before = database.read_now(lambda uow: uow.things.facets_of([f"{HERE}/termes/1", f"{HERE}/lieux/1", "https://no.example/"]))
    assert sorted(before) == [f"{HERE}/lieux/1", f"{HERE}/termes/1"]
    assert [facet.text for facet in before[f"{HERE}/termes/1"] if facet.property == "label"] == ["des", "dice game", "jeu de des"]
    assert database.write_now(lambda uow: uow.things.reindex(0, 100)) > 0
    assert database.read_now(lambda uow: uow.things.facets_of(list(before))) == before
