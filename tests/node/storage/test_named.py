from __future__ import annotations

from kit.rows import HERE, NOW, actor, put, term
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.engine import Database
from node.storage.named import people_named, things_named
from node.storage.unit_of_work import UnitOfWork

A = f"{HERE}/communautes/a"


def names(
    uow: UnitOfWork, words: str, scope: Scope = PUBLIC_SCOPE, *, kind: str = "", without: tuple[str, ...] = ()
) -> list[str]:
    return [name for _, name, _ in things_named(uow, words, scope, kind=kind, without=without)]


def test_a_part_of_a_name_finds_it_with_accents_or_without(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        put(uow, f"{HERE}/1", "Prévenir l’éviction")
        put(uow, f"{HERE}/2", "Éviction : que faire ?")
        put(uow, f"{HERE}/3", "Accueil 100 % ouvert")
        term(uow, f"{HERE}/t", fr="éviction", known={"name": "éviction"})
        assert names(uow, "EVIC", without=("Concept",)) == ["Éviction : que faire ?", "Prévenir l’éviction"]
        assert names(uow, "évic", kind="Concept") == ["éviction"]
        assert names(uow, "100 %") == ["Accueil 100 % ouvert"]
        assert names(uow, "%%") == []
        assert names(uow, "", without=("Concept",))[0] == "Accueil 100 % ouvert"

    database.write_now(deed)


def test_what_may_not_be_seen_is_not_proposed(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        put(uow, f"{HERE}/1", "Secret de groupe", known={"audience": Audience.COMMUNITY, "community": A})
        assert names(uow, "secret") == []
        assert names(uow, "secret", Scope(actor=f"{HERE}/personnes/m", communities=frozenset({A}))) == ["Secret de groupe"]
        uow.things.bury(f"{HERE}/1", b"{}", NOW)
        assert names(uow, "secret", Scope(actor=f"{HERE}/personnes/m", communities=frozenset({A}))) == []

    database.write_now(deed)


def test_people_are_those_of_the_communities(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for slug, name in (("m", "Mireille Côté"), ("z", "Zoé Cotton"), ("x", "Xavier Côté")):
            uow.actors.put(actor(f"{HERE}/personnes/{slug}", type="Person", name=name, username=slug))
        uow.members.join(f"{HERE}/personnes/m", A, "membre", NOW)
        uow.members.join(f"{HERE}/personnes/z", A, "membre", NOW)
        found = people_named(uow, "cot", [A], NOW)
        assert [row.name for row in found] == ["Mireille Côté", "Zoé Cotton"]
        assert people_named(uow, "xav", [A], NOW) == []
        assert people_named(uow, "", [], NOW) == []

    database.write_now(deed)
