from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kit.rows import put
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.engine import Database
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork

OURS = "https://n.example/communautes/logement"
MEMBER = Scope(actor="https://n.example/personnes/mireille", communities=frozenset({OURS}))
HIDDEN = {"audience": Audience.COMMUNITY, "community": OURS, "author": "https://n.example/personnes/ali"}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def fill(uow: UnitOfWork) -> None:
    put(uow, "https://n.example/1", "Exemples de règlements sur le logement", content="<p>La ville de Laval les a adoptés.</p>")
    put(uow, "https://n.example/2", "Roulottes saisonnières", known=HIDDEN)
    put(uow, "https://n.example/3", "Accueillir sans formulaire", content="<p>Une porte ouverte, un café.</p>")


def nearest(database: Database, words: str, scope: Scope = PUBLIC_SCOPE) -> str:
    return database.read_now(lambda uow: uow.search.nearest(words, scope=scope))


@pytest.mark.parametrize("slip", ["reglment", "rgelement", "reglementt", "reglemant", "Réglment"])
def test_one_slip_leads_to_the_word_as_it_is_written(database: Database, slip: str) -> None:
    database.write_now(fill)
    assert nearest(database, f"{slip} logement") == "règlements logement"


@pytest.mark.parametrize("slip", ["rgelemnet", "erglemants", "accueilire"])
def test_two_slips_lead_to_a_long_word_of_a_title(database: Database, slip: str) -> None:
    database.write_now(fill)
    assert nearest(database, slip) in {"règlements", "accueillir"}


def test_three_slips_or_two_in_a_short_word_lead_nowhere(database: Database) -> None:
    database.write_now(fill)
    assert nearest(database, "rxglxmxnts") == nearest(database, "lgoemnt") == ""


def test_words_of_the_text_count_and_what_is_known_stays(database: Database) -> None:
    database.write_now(fill)
    assert nearest(database, "lavla") == "laval"
    assert nearest(database, "logement") == nearest(database, "zzzzzzz") == nearest(database, "caf") == ""


def test_what_is_hidden_corrects_nothing_for_who_may_not_see_it(database: Database) -> None:
    database.write_now(fill)
    assert nearest(database, "roulotes") == ""
    assert nearest(database, "roulotes", MEMBER) == "roulottes"
    assert nearest(database, "ruolotets") == ""
    assert nearest(database, "ruolotets", MEMBER) == "roulottes"


def suggested(database: Database, typed: str, scope: Scope = PUBLIC_SCOPE) -> list[str]:
    return database.read_now(lambda uow: [each.entry.iri[-1] for each in uow.search.beginning(typed, scope=scope)])


def test_titles_are_suggested_by_words_begun(database: Database) -> None:
    database.write_now(fill)
    assert suggested(database, "regl") == suggested(database, "exemples de règl") == suggested(database, "l’exem") == ["1"]
    assert suggested(database, "laval") == suggested(database, "a") == suggested(database, "") == []
    assert (suggested(database, "roul"), suggested(database, "roul", MEMBER)) == ([], ["2"])


def test_what_is_gone_or_renamed_is_suggested_no_more(database: Database) -> None:
    database.write_now(fill)
    database.write_now(lambda uow: uow.things.bury("https://n.example/1", b"{}", NOW))
    database.write_now(lambda uow: put(uow, "https://n.example/3", "Écouter"))
    assert suggested(database, "regl") == suggested(database, "accueil") == []
    assert suggested(database, "ecou") == ["3"]


def people(uow: UnitOfWork) -> None:
    for path, kind, name in (
        ("personnes/ali", "Person", "Ali Benali"),
        ("personnes/mireille", "Person", "Mireille Côté"),
        ("communautes/logement", "Group", "Habitation communautaire"),
    ):
        iri = f"https://n.example/{path}"
        uow.actors.put(ActorRow(iri=iri, type=kind, document=b"{}", name=name, is_local=True))
        if kind == "Person":
            uow.members.add(
                MemberRow(iri=iri, email=f"{name}@x", name=name, helps="les baux et les règlements" * (name[0] == "A"))
            )
    uow.members.join("https://n.example/personnes/ali", OURS, "https://w3id.org/cdp/roles/membre", NOW)


def called(database: Database, words: str, scope: Scope = PUBLIC_SCOPE, *, is_begun: bool = False) -> list[str]:
    return database.read_now(
        lambda uow: [each.name for each in uow.search.people(words, scope=scope, is_begun=is_begun)]
    )  # fmt: skip


def test_people_are_found_by_name_and_by_what_they_can_help_with(database: Database) -> None:
    database.write_now(people)
    assert called(database, "benali", MEMBER) == called(database, "règlement", MEMBER) == ["Ali Benali"]
    assert called(database, "cote", MEMBER) == ["Mireille Côté"]
    assert called(database, "habitations") == ["Habitation communautaire"]
    assert called(database, "habi") == []
    assert called(database, "habi", is_begun=True) == ["Habitation communautaire"]


def test_a_visitor_finds_only_people_whose_writing_they_may_read(database: Database) -> None:
    database.write_now(people)
    assert called(database, "benali") == []
    database.write_now(lambda uow: put(uow, "https://n.example/9", "À moi", known={"author": HIDDEN["author"]}))
    assert called(database, "benali") == ["Ali Benali"]


def test_any_of_the_words_finds_and_the_fullest_comes_first(database: Database) -> None:
    database.write_now(fill)

    def look(uow: UnitOfWork) -> tuple[int, list[str]]:
        words = "exemples règlement logement OBNL"
        hits = uow.search.find(words, scope=PUBLIC_SCOPE, is_any=True)
        return uow.search.count(words, scope=PUBLIC_SCOPE), [hit.thing.entry.iri[-1] for hit in hits]

    assert database.read_now(look) == (0, ["1"])


def test_ages_languages_and_licences_are_counted_and_narrow(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number, (day, language, licence) in enumerate([(21, "fr-CA", "by"), (1, "fr", "by"), (1, "en", "")], 1):
            at = datetime(2026, 11 if number < 3 else 1, day, tzinfo=UTC)
            put(uow, f"https://n.example/{number}", "Jardin", known={"updated_at": at, "language": language, "license": licence})

    database.write_now(deed)

    def look(uow: UnitOfWork) -> None:
        seen = uow.search.overview("jardin", scope=PUBLIC_SCOPE, at=NOW)
        assert seen.total == 3
        assert seen.facets["age"] == [("7", 1), ("31", 2), ("365", 3)]
        assert seen.facets["language"] == [("fr", 2), ("en", 1)]
        assert seen.facets["license"] == [("by", 2), ("", 1)]
        chosen = uow.search.overview("jardin", scope=PUBLIC_SCOPE, at=NOW, age="31", language="fr")
        assert (chosen.total, chosen.facets["language"], chosen.facets["age"][0]) == (2, [("fr", 2)], ("7", 1))
        assert uow.search.count("jardin", scope=PUBLIC_SCOPE, at=NOW, age="7") == 1
        assert [hit.thing.entry.iri[-1] for hit in uow.search.find("jardin", scope=PUBLIC_SCOPE, at=NOW, language="en")] == ["3"]

    database.read_now(look)


def test_searches_are_kept_each_by_its_owner(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        kept = uow.search.saved.add("p", "Jardins", "q=jardin", 3, NOW)
        assert uow.search.saved.add("p", "Encore", "q=jardin", 9, NOW) == kept
        assert not uow.search.saved.remove("x", kept.id)
        uow.search.saved.see("p", kept.id, 7)
        uow.search.saved.see("p", kept.id, 5)
        assert [each.seen for each in uow.search.saved.of("p")] == [7]
        assert uow.search.saved.remove("p", kept.id)
        assert uow.search.saved.everybody() == []

    database.write_now(deed)
