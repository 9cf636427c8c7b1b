from __future__ import annotations

from dataclasses import replace

from node.storage.engine import Database
from node.storage.shelves.mappings import MappingRow
from node.storage.unit_of_work import UnitOfWork

ROW = MappingRow(thing="m1", subject="a", relation="closeMatch", object="b", confidence=0.8, state="accepted", author="p")


def test_mappings(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        uow.mappings.put(replace(ROW, state="proposed"))
        uow.mappings.put(ROW)
        uow.mappings.put(replace(ROW, thing="m2", subject="b", object="c", state="contested"))

    database.write_now(deed)

    def look(uow: UnitOfWork) -> None:
        assert uow.mappings.all() == [ROW]
        assert [row.thing for row in uow.mappings.all("contested")] == ["m2"]
        assert [row.thing for row in uow.mappings.all(None)] == ["m1", "m2"]
        assert [row.thing for row in uow.mappings.of("b")] == ["m1", "m2"]
        assert [row.thing for row in uow.mappings.of("c")] == ["m2"]

    database.read_now(look)
    assert database.write_now(lambda uow: [uow.mappings.remove("m1"), uow.mappings.remove("m1")]) == [True, False]
    assert database.read_now(lambda uow: uow.mappings.all()) == []
