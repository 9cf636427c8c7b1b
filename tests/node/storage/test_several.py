"""Many rows are named in one value, in both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from node.storage.engine import Database
from node.storage.prepared import Prepared
from node.storage.several import listed, numbers, texts
from node.storage.tables.peers import peers
from node.storage.unit_of_work import UnitOfWork

_FAILED = Prepared(lambda _: select(peers.c.host).where(peers.c.failures.in_(numbers("n"))).order_by(peers.c.host))
_NOTED = Prepared(lambda _: select(peers.c.host).where(peers.c.note.in_(texts("said"))).order_by(peers.c.host))


@pytest.mark.parametrize(("wanted", "found"), [([], []), ([1], ["a.example"]), ([3, 1, 2, 2**40], ["a.example", "b.example"])])
def test_rows_are_found_by_the_numbers_in_one_value(database: Database, wanted: list[int], found: list[str]) -> None:
    def look(uow: UnitOfWork) -> None:
        for name, failures in (("a", 1), ("b", 2), ("c", 4)):
            uow.connection.execute(insert(peers).values(host=f"{name}.example", failures=failures))
        assert [row["host"] for row in _FAILED.rows(uow.connection, n=listed(wanted))] == found

    database.write_now(look)


@pytest.mark.parametrize("said", ["", "d’ici", 'a "b" \\ c', "\N{GRINNING FACE}", "a\x00b", "a\ud800"])
def test_rows_are_found_by_texts_from_anywhere(database: Database, said: str) -> None:
    def look(uow: UnitOfWork) -> None:
        uow.connection.execute(insert(peers).values(host="a.example", note=said))
        uow.connection.execute(insert(peers).values(host="b.example", note="autre"))
        assert _NOTED.texts(uow.connection, said=listed([said, "ailleurs"])) == ["a.example"]

    database.write_now(look)
