from __future__ import annotations

from dataclasses import replace

from kit.rows import HERE, NOW, later
from node.storage.engine import Database
from node.storage.shelves.intersections import IntersectionRow

ONE = IntersectionRow(iri=f"{HERE}/i/1", left="a", right="b", strength=0.4, document=b"{}", computed_at=NOW)
TWO = replace(ONE, iri=f"{HERE}/i/2", right="c", strength=0.7)


def test_what_is_computed_replaces_what_was(database: Database) -> None:
    database.write_now(lambda uow: uow.intersections.replace_all([ONE, TWO]))
    assert database.read_now(lambda uow: uow.intersections.all()) == [TWO, ONE]
    assert database.read_now(lambda uow: uow.intersections.all("c")) == [TWO]
    newer = replace(TWO, strength=0.1, computed_at=later(1))
    database.write_now(lambda uow: uow.intersections.replace_all([newer]))
    assert database.read_now(lambda uow: uow.intersections.all()) == [newer]
    assert database.read_now(lambda uow: uow.intersections.get(ONE.iri)) is None
    database.write_now(lambda uow: uow.intersections.replace_all([]))
    assert database.read_now(lambda uow: uow.intersections.all()) == []


def test_what_people_took_up_stays(database: Database) -> None:
    database.write_now(lambda uow: uow.intersections.replace_all([ONE, TWO]))
    database.write_now(lambda uow: uow.intersections.keep(ONE.iri, "recognised"))
    database.write_now(lambda uow: uow.intersections.replace_all([replace(ONE, strength=0.5)]))
    assert database.read_now(lambda uow: uow.intersections.all()) == [replace(ONE, strength=0.5, phase="recognised")]
    database.write_now(lambda uow: uow.intersections.replace_all([]))
    assert len(database.read_now(lambda uow: uow.intersections.all())) == 1
