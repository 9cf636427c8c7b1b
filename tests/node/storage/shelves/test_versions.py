"""What things said before."""

from __future__ import annotations

from typing import Any

from kit.rows import HERE, NOW, THERE, document, entry, later
from node.domain.entries import Audience
from node.domain.versions import MOST_FROM_ELSEWHERE, Saved
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.engine import Database
from node.storage.shelves.versions import Version
from node.storage.unit_of_work import UnitOfWork

NOTE, AUTHOR, OTHER = f"{HERE}/ressources/1", f"{HERE}/personnes/a", f"{HERE}/personnes/b"
MEMBERS = Scope(actor=OTHER, communities=frozenset({f"{HERE}/communautes/a"}))


def save(uow: UnitOfWork, name: str, saved: Saved | None = None, *, iri: str = NOTE, at: int = 0, **known: Any) -> None:
    is_local = iri.startswith(HERE)
    usual: dict[str, Any] = {"name": name, "author": AUTHOR, "is_local": is_local, "stored_at": later(at), **known}
    uow.things.put(entry(iri, **usual), document(iri, name=name, updated=later(at).isoformat()), saved=saved or Saved())


def listed(uow: UnitOfWork, scope: Scope = PUBLIC_SCOPE, iri: str = NOTE) -> list[Version]:
    stored = uow.things.get_any(iri)
    assert stored is not None
    return uow.versions.of(stored, scope)


def names(uow: UnitOfWork, scope: Scope = PUBLIC_SCOPE, iri: str = NOTE) -> dict[int, str]:
    return {version.number: str(getattr(version.stored.thing, "name", "")) for version in listed(uow, scope, iri)}


def test_every_save_that_says_something_else_is_a_version(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        save(uow, "Un")
        assert names(uow) == {1: "Un"}
        save(uow, "Un", at=1)
        assert names(uow) == {1: "Un"}
        save(uow, "Deux", Saved(by=OTHER, comment="Relu"), at=2)
        save(uow, "Trois", at=3)
        assert names(uow) == {3: "Trois", 2: "Deux", 1: "Un"}
        told = [(each.number, each.by, each.comment, each.at, each.is_last) for each in listed(uow)]
        assert told == [
            (3, AUTHOR, "", later(3), True),
            (2, OTHER, "Relu", later(2), False),
            (1, AUTHOR, "", later(1), False),
        ]

    database.write_now(deed)


def test_a_version_is_found_by_its_number(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        save(uow, "Un")
        save(uow, "Deux", at=1)
        stored = uow.things.get_any(NOTE)
        assert stored is not None
        found = [uow.versions.get(stored, number, PUBLIC_SCOPE) for number in (1, 2, 3, 0)]
        assert [each.number if each else None for each in found] == [1, 2, None, None]
        assert uow.versions.current(stored) == 2
        assert names(uow) == {2: "Deux", 1: "Un"}
        assert [each.number for each in uow.versions.of(stored, PUBLIC_SCOPE, before=2)] == [1]

    database.write_now(deed)


def test_what_was_written_for_fewer_people_stays_theirs(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        save(uow, "Brouillon", audience=Audience.SELF)
        save(uow, "Entre nous", at=1, audience=Audience.COMMUNITY, community=f"{HERE}/communautes/a")
        save(uow, "Pour tous", at=2, community=f"{HERE}/communautes/a")
        assert names(uow) == {3: "Pour tous"}
        assert names(uow, MEMBERS) == {3: "Pour tous", 2: "Entre nous"}
        assert names(uow, Scope(actor=AUTHOR)) == {3: "Pour tous", 2: "Entre nous", 1: "Brouillon"}
        stored = uow.things.get_any(NOTE)
        assert stored is not None
        assert uow.versions.get(stored, 1, MEMBERS) is None

    database.write_now(deed)


def test_a_draft_that_is_saved_as_one_types_is_one_version(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for at, name in enumerate(("B", "Br", "Bro")):
            save(uow, name, at=at, audience=Audience.SELF)
        assert names(uow, Scope(actor=AUTHOR)) == {1: "Bro"}
        save(uow, "Brouillon", at=3600, audience=Audience.SELF)
        assert names(uow, Scope(actor=AUTHOR)) == {2: "Brouillon", 1: "Bro"}

    database.write_now(deed)


def test_of_what_comes_from_elsewhere_the_last_are_kept(database: Database) -> None:
    far = f"{THERE}/1"

    def deed(uow: UnitOfWork) -> None:
        for number in range(MOST_FROM_ELSEWHERE + 5):
            save(uow, f"N{number}", at=number, iri=far)
        found = names(uow, iri=far)
        assert len(found) == MOST_FROM_ELSEWHERE
        assert max(found) == MOST_FROM_ELSEWHERE + 5
        assert found[max(found)] == f"N{MOST_FROM_ELSEWHERE + 4}"
        assert min(found) == 6

    database.write_now(deed)


def test_what_is_taken_back_leaves_no_version(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        save(uow, "Un")
        save(uow, "Deux", at=1)
        uow.things.bury(NOTE, b"{}", NOW)
        stored = uow.things.get_any(NOTE)
        assert stored is not None
        assert uow.versions.get(stored, 1, PUBLIC_SCOPE) is not None  # the tombstone itself
        assert [each.stored.document for each in uow.versions.of(stored, PUBLIC_SCOPE)] == [b"{}"]

    database.write_now(deed)


def test_one_remembers_what_one_read(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        save(uow, "Un")
        stored = uow.things.get_any(NOTE)
        assert stored is not None
        assert uow.versions.visited(OTHER, NOTE) is None
        uow.versions.visit(OTHER, stored, NOW)
        save(uow, "Deux", at=1)
        visit = uow.versions.visited(OTHER, NOTE)
        assert visit is not None
        assert (visit.number, visit.at) == (1, NOW)
        again = uow.things.get_any(NOTE)
        assert again is not None
        uow.versions.visit(OTHER, again, later(2))
        visit = uow.versions.visited(OTHER, NOTE)
        assert visit is not None
        assert visit.number == 2
        uow.versions.forget_visits(OTHER)
        assert uow.versions.visited(OTHER, NOTE) is None

    database.write_now(deed)
