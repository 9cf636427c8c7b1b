"""What came of what was imported."""

from __future__ import annotations

from dataclasses import replace

from kit.rows import HERE, NOW, put
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.engine import Database
from node.storage.shelves.imports import ImportRow
from node.storage.unit_of_work import UnitOfWork

A = f"{HERE}/communautes/a"
ROW = ImportRow(mark="m", source="t.csv", thing=f"{HERE}/1", digest="d", document="e", at=NOW)


def test_a_part_is_known_by_its_mark_and_a_thing_by_where_it_came_from(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        assert uow.imports.get("m") is None
        uow.imports.put(ROW)
        uow.imports.put(replace(ROW, mark="n", thing=f"{HERE}/2", at=None))
        uow.imports.put(replace(ROW, digest="f"))
        assert uow.imports.get("m") == replace(ROW, digest="f")
        said = [
            uow.imports.came_from(f"{HERE}/{number}", source) for number, source in ((1, "t.csv"), (1, "u.csv"), (3, "t.csv"))
        ]
        assert said == [True, False, False]

    database.write_now(deed)


def test_things_by_name_are_those_of_the_community_that_may_be_seen(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        one = put(uow, f"{HERE}/1", known={"community": A, "name": "L’Été"})
        two = put(uow, f"{HERE}/2", known={"community": A, "name": "l’ete"})
        secret = put(uow, f"{HERE}/3", known={"community": A, "name": "Été", "audience": Audience.COMMUNITY})
        put(uow, f"{HERE}/4", known={"community": f"{A}a", "name": "L’été"})
        gone = put(uow, f"{HERE}/5", known={"community": A, "name": "L’été"})
        uow.things.bury(gone, b"{}", NOW)
        assert uow.imports.called(A, PUBLIC_SCOPE) == {"l’ete": [one, two]}
        assert uow.imports.called(A, Scope(communities=frozenset({A}))) == {"l’ete": [one, two], "ete": [secret]}

    database.write_now(deed)
