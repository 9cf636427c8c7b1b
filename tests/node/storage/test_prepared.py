"""A statement spoken to the driver says the same as through the engine: values, defaults, failures."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, insert, select

from kit.rows import NOW, THERE
from node.errors import Conflict
from node.storage.engine import Database
from node.storage.prepared import Prepared
from node.storage.shelves.actors import ActorRow
from node.storage.tables.actors import actors
from node.storage.tables.sessions import state
from node.storage.unit_of_work import UnitOfWork

PUT = Prepared(lambda _: insert(state).values(key=bindparam("key"), value=bindparam("value")).inline())
NAMED = Prepared(lambda _: select(actors).where(actors.c.name == bindparam("name")).order_by(actors.c.iri))


def test_what_comes_out_is_what_went_in(database: Database) -> None:
    """Moments, truths, documents and texts, in whatever way the database writes them down."""
    row = ActorRow(iri=f"{THERE}/é", type="Person", document='{"é":1}'.encode(), name="Zoé", is_local=True, fetched_at=NOW)
    database.write_now(lambda uow: uow.actors.put(row))

    def look(uow: UnitOfWork) -> None:
        engine = dict(uow.ground.rows(select(actors).where(actors.c.name == "Zoé"))[0])
        assert NAMED.rows(uow.connection, name="Zoé") == [engine]
        assert NAMED.row(uow.connection, name="Léa") is None
        assert (engine["fetched_at"], engine["is_local"], engine["document"]) == (NOW, True, row.document)

    database.read_now(look)


def test_defaults_of_the_table_hold(database: Database) -> None:
    database.write_now(lambda uow: uow.peers.put_state("x.example", "approved", NOW))
    found = database.read_now(lambda uow: uow.peers.get("x.example"))
    assert found is not None
    assert (found.software, found.note, found.failures) == ("", "", 0)


def test_many_rows_at_once(database: Database) -> None:
    rows = [{"key": str(number), "value": "x\x00"} for number in range(5)]
    assert database.write_now(lambda uow: PUT.run_many(uow.connection, rows)) == 5
    assert database.read_now(lambda uow: uow.state.get("4")) == "x\ufffd"


def test_failures_of_the_driver_are_told_in_our_words(database: Database) -> None:
    with pytest.raises(Conflict):
        database.write_now(lambda uow: PUT.run_many(uow.connection, [{"key": "a", "value": "1"}] * 2))
    with pytest.raises(KeyError):
        database.write_now(lambda uow: PUT.run(uow.connection, key="a"))
