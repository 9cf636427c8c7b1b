"""Search in French and English on both databases: plurals, accents, inclusive forms, topics, and mappings between terms."""

from __future__ import annotations

import pytest

from kit.rows import HERE, NOW, THERE, put, term
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.engine import Database
from node.storage.shelves import search
from node.storage.shelves.mappings import MappingRow, Relation, State
from node.storage.unit_of_work import UnitOfWork

OURS, THEIRS = f"{HERE}/communautes/a", f"{THERE}/communautes/b"
HOUSING, RETENTION, STABILITY = f"{HERE}/termes/maintien", f"{THERE}/termes/retention", f"{THERE}/termes/stabilite"


def fill(uow: UnitOfWork) -> None:
    put(uow, "https://n.example/1", "La visite d’accueil en trois temps", content="<p>Réduit les ruptures de <b>bail</b>.</p>")
    put(uow, "https://n.example/2", "Animer", content="<p>Un guide pour facilitateur·trice·s de réseaux municipaux</p>")
    put(uow, "https://n.example/3", "Housing co-ops", content="<p>Communities meeting neighbours</p>", known={"language": "en"})
    put(uow, "https://n.example/4", "Économie sociale", summary="<p>Coopératives d’habitation à Montréal</p>")


def found(database: Database, words: str, scope: Scope = PUBLIC_SCOPE, **narrow: str | list[str]) -> list[str]:
    hits = database.read_now(lambda uow: uow.search.find(words, scope=scope, **narrow))  # type: ignore[arg-type]
    counted = database.read_now(lambda uow: uow.search.count(words, scope=scope, **narrow))  # type: ignore[arg-type]
    assert counted == len(hits)
    return [hit.thing.entry.iri.rpartition("/")[2] for hit in hits]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("visites", ["1"]),
        ("VISITE accueil", ["1"]),
        ("l'accueil", ["1"]),
        ("ruptures du bail", ["1"]),
        ("facilitatrice", ["2"]),
        ("facilitateurs", ["2"]),
        ("réseau municipal", ["2"]),
        ("reseau", ["2"]),
        ("community", ["3"]),
        ("meetings", ["3"]),
        ("co-op", ["3"]),
        ("economie", ["4"]),
        ("économies sociales", ["4"]),
        ("montreal", ["4"]),
        ("habitations", ["4"]),
        ("visite économie", []),
        ("rien", []),
        ("le la les", []),
        ("«trois temps»", ["1"]),
        ('"temps trois"', []),
        ("temps trois", ["1"]),
        ("' OR 1=1 -- \" ) * : & | ! <-> ^", []),
        ("", ["4", "3", "2", "1"]),
        ("  ", ["4", "3", "2", "1"]),
    ],
)
def test_words_find(database: Database, words: str, expected: list[str]) -> None:
    database.write_now(fill)
    assert found(database, words) == expected


def test_the_title_weighs_most(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        put(uow, "https://n.example/1", "Autre chose", content="<p>Le jardin du quartier et le reste du monde</p>")
        put(uow, "https://n.example/2", "Jardin", content="<p>Autre chose du quartier et le reste du monde</p>")

    database.write_now(deed)
    assert found(database, "jardins") == ["2", "1"]
    scores = database.read_now(lambda uow: [hit.score for hit in uow.search.find("jardin", scope=PUBLIC_SCOPE)])
    assert scores == sorted(scores, reverse=True)


def test_of_very_much_titles_come_first_and_every_page_goes_on_where_the_last_ended(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "VERY_MUCH", 5)

    def deed(uow: UnitOfWork) -> None:
        for number in range(9):
            title = "Jardin" if number % 3 == 0 else "Autre chose"
            hidden = {"audience": Audience.COMMUNITY} if number == 3 else {}
            put(uow, f"https://n.example/{number}", title, content="<p>Le jardin, jardin du quartier</p>", known=hidden)

    database.write_now(deed)
    for limit in (1, 2, 4, 20):
        pages = [
            [hit.thing.entry.iri[-1] for hit in database.read_now(lambda uow: look(uow, limit, at))]  # noqa: B023 - at once
            for at in range(0, 12, limit)
        ]
        every = [iri for page in pages for iri in page]
        assert (sorted(every[:2]), sorted(every)) == (["0", "6"], list("01245678"))


def look(uow: UnitOfWork, limit: int, offset: int) -> list[search.SearchHit]:
    return uow.search.find("jardin", scope=PUBLIC_SCOPE, limit=limit, offset=offset)


def test_a_language_that_is_not_said_is_tried_in_both(database: Database) -> None:
    database.write_now(lambda uow: put(uow, "https://n.example/1", "Communities, réseaux", known={"language": ""}))
    assert found(database, "community") == found(database, "réseau") == ["1"]


def test_every_language_of_a_text_is_found(database: Database) -> None:
    names = {"fr": "Rencontres", "en": "Meetings"}
    database.write_now(lambda uow: put(uow, "https://n.example/1", "Rencontres", nameMap=names))
    assert found(database, "meeting") == found(database, "rencontre") == ["1"]


def test_narrowing_and_counting(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number in range(4):
            iri = f"https://{'ab'[number % 2]}.example/{number}"
            put(uow, iri, "Atelier", known={"kind": "Notebook"} if number == 3 else {}, topic=[f"t{min(number, 1)}"])
            uow.holdings.add(OURS if number < 3 else THEIRS, iri, "own", NOW)
        uow.holdings.add(THEIRS, "https://a.example/0", "reference", NOW)

    database.write_now(deed)
    assert found(database, "ateliers", kind="Notebook") == ["3"]
    assert sorted(found(database, "ateliers", origin="a.example")) == ["0", "2"]
    assert sorted(found(database, "", communities=[THEIRS])) == ["0", "3"]
    assert found(database, "", communities=[]) == []
    hits = database.read_now(lambda uow: uow.search.find("atelier", scope=PUBLIC_SCOPE))
    assert {hit.thing.entry.iri[-1]: hit.communities for hit in hits} == {
        "0": (THEIRS, OURS),
        "1": (OURS,),
        "2": (OURS,),
        "3": (THEIRS,),
    }
    counts = database.read_now(lambda uow: uow.search.facets("atelier", scope=PUBLIC_SCOPE))
    assert counts["kind"] == [("PracticeNote", 3), ("Notebook", 1)]
    assert counts["origin"] == [("a.example", 2), ("b.example", 2)]
    assert [n for _, n in counts["topic"]] == [3, 1]
    topic = counts["topic"][0][0]
    assert sorted(found(database, "atelier", topic=topic)) == ["1", "2", "3"]
    some = database.read_now(lambda uow: uow.search.overview("", scope=PUBLIC_SCOPE, communities=[OURS], kind="Notebook").facets)
    assert some["kind"] == [("PracticeNote", 3)]  # one may still choose another
    assert not any(choices for facet, choices in some.items() if facet != "kind")
    page = database.read_now(lambda uow: uow.search.find("", scope=PUBLIC_SCOPE, limit=2, offset=1))
    assert [hit.thing.entry.iri[-1] for hit in page] == ["2", "1"]


def test_nothing_hidden_is_found_or_counted(database: Database) -> None:
    hidden = {"audience": Audience.COMMUNITY, "community": OURS}
    database.write_now(lambda uow: put(uow, "https://n.example/1", "Atelier", known=hidden, topic=["https://n.example/t"]))
    assert found(database, "atelier") == []
    counts = database.read_now(lambda uow: uow.search.facets("atelier", scope=PUBLIC_SCOPE))
    assert not any(counts.values())
    assert found(database, "atelier", Scope(actor="x", communities=frozenset({OURS}))) == ["1"]


def test_what_came_last_leaves_out_kinds_and_people_and_what_may_not_be_seen(database: Database) -> None:
    said: list[dict[str, object]] = [
        {},
        {"kind": "Notebook"},
        {"author": f"{HERE}/personnes/x"},
        {"audience": Audience.COMMUNITY, "community": OURS},
        {},
        {},
    ]

    def deed(uow: UnitOfWork) -> None:
        for number, known in enumerate(said):
            put(uow, f"https://n.example/{number}", "Atelier", known=known)
            uow.holdings.add(THEIRS if number == 5 else OURS, f"https://n.example/{number}", "own", NOW)

    database.write_now(deed)

    def last(scope: Scope, limit: int = 9, **without: list[str]) -> str:
        wanted = {"but": ["Notebook"], **without}
        hits = database.read_now(lambda uow: uow.search.latest([OURS, "x"], scope=scope, limit=limit, **wanted))
        assert all(hit.communities == (OURS,) for hit in hits)
        return "".join(hit.thing.entry.iri[-1] for hit in hits)

    member = Scope(actor="x", communities=frozenset({OURS}))
    assert (last(PUBLIC_SCOPE), last(member), last(member, limit=2)) == ("420", "4320", "43")
    assert last(member, hidden=[f"{HERE}/personnes/x"]) == "430"


def glossary(uow: UnitOfWork) -> None:
    term(uow, HOUSING, fr="maintien dans le logement", en="housing retention", other={"fr": ["prévention de l’éviction"]})
    term(uow, RETENTION, fr="rétention locative")
    term(uow, STABILITY, fr="stabilité résidentielle")
    put(uow, "https://n.example/1", "Réduire le roulement", content="<p>La rétention locative dans nos immeubles</p>")
    put(uow, "https://n.example/2", "Rester chez soi", content="<p>Le maintien dans un logement abordable</p>")
    put(uow, "https://n.example/3", "Sans un mot", content="<p>Rien qui le dise</p>", topic=[RETENTION])
    put(uow, "https://n.example/4", "Locative", content="<p>La taxe locative, et la rétention des eaux</p>")
    put(uow, "https://n.example/5", "Rester", content="<p>De la stabilité résidentielle</p>")


def mapping(number: int, one: str, relation: Relation, other: str, state: State = "accepted") -> MappingRow:
    return MappingRow(
        thing=f"{HERE}/correspondances/{number}", subject=one, relation=relation, object=other, confidence=0.8, state=state
    )


def notes(names: list[str]) -> list[str]:
    return sorted(name for name in names if name.isdigit())


def test_a_topic_is_found_by_the_words_of_its_term(database: Database) -> None:
    database.write_now(glossary)
    assert notes(found(database, "rétention locative")) == ["1", "3", "4"]
    assert notes(found(database, '"rétention locative"')) == ["1"]


@pytest.mark.parametrize("words", ["maintien dans le logement", "MAINTIEN LOGEMENTS", "prévention des évictions"])
def test_an_accepted_mapping_widens_a_search_both_ways(database: Database, words: str) -> None:
    database.write_now(glossary)
    before = notes(found(database, words))
    assert "1" not in before
    database.write_now(lambda uow: uow.mappings.put(mapping(1, HOUSING, "closeMatch", RETENTION)))
    # only where the words stand together as in the label; a topic counts too
    assert notes(found(database, words)) == ["1", "2", "3"]
    assert notes(found(database, "rétention locative")) == ["1", "2", "3", "4"]
    database.write_now(lambda uow: uow.mappings.remove(f"{HERE}/correspondances/1"))
    assert notes(found(database, words)) == before


@pytest.mark.parametrize(
    ("first", "second", "reached"),
    [
        ("exactMatch", "exactMatch", True),
        ("closeMatch", "exactMatch", True),
        ("exactMatch", "closeMatch", True),
        ("closeMatch", "closeMatch", False),
        ("relatedMatch", "exactMatch", False),
    ],
)
def test_exact_goes_all_the_way_and_close_one_step(database: Database, first: Relation, second: Relation, reached: bool) -> None:
    def deed(uow: UnitOfWork) -> None:
        glossary(uow)
        uow.mappings.put(mapping(1, HOUSING, first, RETENTION))
        uow.mappings.put(mapping(2, STABILITY, second, RETENTION))

    database.write_now(deed)
    assert ("5" in found(database, "maintien dans le logement")) is reached


@pytest.mark.parametrize("state", ["proposed", "contested"])
def test_only_accepted_mappings_count(database: Database, state: State) -> None:
    database.write_now(glossary)
    database.write_now(lambda uow: uow.mappings.put(mapping(1, HOUSING, "exactMatch", RETENTION, state)))
    assert notes(found(database, "maintien dans le logement")) == ["2"]


def test_the_other_words_still_count(database: Database) -> None:
    database.write_now(glossary)
    database.write_now(lambda uow: uow.mappings.put(mapping(1, HOUSING, "closeMatch", RETENTION)))
    assert notes(found(database, "maintien dans le logement immeubles")) == ["1"]
    assert notes(found(database, "immeuble housing retention")) == ["1"]


def test_a_hidden_term_or_mapping_widens_only_for_who_may_see_it(database: Database) -> None:
    hidden = {"audience": Audience.COMMUNITY, "community": OURS}
    member = Scope(actor="x", communities=frozenset({OURS}))

    def deed(uow: UnitOfWork) -> None:
        glossary(uow)
        put(uow, f"{HERE}/correspondances/1", "Correspondance", known=hidden)
        uow.mappings.put(mapping(1, HOUSING, "closeMatch", RETENTION))
        term(uow, STABILITY, fr="mot de passe", known=hidden)
        put(uow, "https://n.example/6", "Parler", topic=[STABILITY])

    database.write_now(deed)
    assert notes(found(database, "maintien dans le logement")) == ["2"]
    assert notes(found(database, "maintien dans le logement", member)) == ["1", "2", "3"]
    assert notes(found(database, "mot de passe")) == []
    assert notes(found(database, "mot de passe", member)) == ["6"]


def test_what_is_buried_widens_nothing(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        glossary(uow)
        uow.mappings.put(mapping(1, HOUSING, "closeMatch", RETENTION))
        uow.things.bury(RETENTION, b"{}", NOW)

    database.write_now(deed)
    assert notes(found(database, "maintien dans le logement")) == ["2", "3"]
    assert "3" not in found(database, "rétention locative")


def test_a_long_query_is_answered(database: Database) -> None:
    database.write_now(glossary)
    assert found(database, "zzz " * 2_000 + "é" * 5_000) == []
