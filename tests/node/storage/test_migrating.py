from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from kit.databases import in_memory, own_schema
from node.errors import Invalid
from node.storage import migrating
from node.storage.engine import Database
from node.storage.schema import metadata
from node.storage.unit_of_work import UnitOfWork


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address of a database in which there is nothing yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.sqlite'}"
        return
    with own_schema(request.getfixturevalue("postgresql_server")) as schema:
        yield schema


@pytest.fixture
def fresh(address: str) -> Iterator[Database]:
    opened = Database(address)
    yield opened
    opened.close()


def test_the_migrated_schema_is_the_declared_one(fresh: Database) -> None:
    fresh.migrate()
    assert fresh.read_now(lambda uow: differences(uow.connection)) == []


def test_what_tests_begin_with_is_the_migrated_schema() -> None:
    def laid_out(database: Database) -> list[object]:
        everything = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        return database.read_now(lambda uow: list(uow.connection.exec_driver_sql(everything)))

    migrated, taken = Database("sqlite://"), in_memory()
    migrated.migrate()
    assert laid_out(taken) == laid_out(migrated)
    taken.close()
    migrated.close()


def differences(connection: Connection) -> list[object]:
    def has_it(made: object, name: object, type_: str, *more: object) -> bool:
        """Some indexes are for one database alone."""
        return type_ != "index" or getattr(made, "info", {}).get("dialect", connection.dialect.name) == connection.dialect.name

    opts = {"include_name": is_declared, "include_object": has_it, "compare_type": True}
    found = MigrationContext.configure(connection, opts=opts)
    return list(compare_metadata(found, metadata))


def is_declared(name: str | None, type_: str, parents: object) -> bool:
    return not (type_ == "table" and name is not None and name.startswith("search_index"))


def test_indexes_and_keys_have_their_declared_names(fresh: Database) -> None:
    fresh.migrate()

    def look(uow: UnitOfWork) -> None:
        seen = inspect(uow.connection)
        for table in metadata.sorted_tables:
            names = {index["name"] for index in seen.get_indexes(table.name) if not index.get("duplicates_constraint")}
            here = uow.connection.dialect.name
            declared = {str(index.name) for index in table.indexes if index.info.get("dialect", here) == here}
            assert names == declared, table.name

    fresh.read_now(look)


def test_twice_is_once(fresh: Database) -> None:
    fresh.migrate()
    fresh.write_now(lambda uow: uow.state.set("a", "b"))
    fresh.migrate()
    assert fresh.read_now(lambda uow: uow.state.get("a")) == "b"


def test_a_migration_that_fails_leaves_nothing(fresh: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(connection: Connection, to: str) -> None:
        taken(connection, "0001")
        raise Invalid("The power went out.")

    taken: Callable[[Connection, str], None] = migrating._upgrade
    monkeypatch.setattr(migrating, "_upgrade", half)
    with pytest.raises(Invalid):
        fresh.migrate()
    assert fresh.read_now(lambda uow: inspect(uow.connection).get_table_names()) == []
    monkeypatch.undo()
    fresh.migrate()
    assert fresh.read_now(lambda uow: uow.things.get_any("x")) is None


def test_a_database_of_a_newer_version_is_refused_and_left_alone(fresh: Database) -> None:
    fresh.migrate()
    fresh.write_now(lambda uow: uow.connection.execute(text("UPDATE alembic_version SET version_num = '9999'")).rowcount)
    with pytest.raises(Invalid, match="newer version"):
        fresh.migrate()


def test_two_at_once(address: str) -> None:
    opened = [Database(address), Database(address)]
    threads = [threading.Thread(target=each.migrate) for each in opened]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened[0].read_now(lambda uow: migrating.current(uow.connection)) == migrating.head()
    for each in opened:
        each.close()


def test_what_was_imported_before_is_known_afterwards(fresh: Database) -> None:
    def before(uow: UnitOfWork) -> None:
        migrating._upgrade(uow.connection, "0006")
        uow.state.set("import:abc", '["https://a.example/1", "digest"]')
        uow.state.set("other", "stays")

    fresh.write_now(before)
    fresh.migrate()

    def look(uow: UnitOfWork) -> None:
        row = uow.imports.get("abc")
        assert row is not None
        assert (row.thing, row.digest, row.at) == ("https://a.example/1", "digest", None)
        assert (uow.state.get("import:abc"), uow.state.get("other")) == (None, "stays")

    fresh.read_now(look)


KILLED = """
import os, sys
from node.storage import migrating
from node.storage.engine import Database

def half(connection, to, taken=migrating._upgrade):
    taken(connection, "0001")
    os.kill(os.getpid(), 9)

migrating._upgrade = half
Database(sys.argv[1]).migrate()
"""


def test_a_migration_that_is_killed_can_be_done_again(address: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, address], check=False, timeout=60)
    assert done.returncode == -9
    opened = Database(address)
    opened.migrate()
    assert opened.read_now(lambda uow: migrating.current(uow.connection)) == migrating.head()
    opened.close()


def test_steps_are_numbered_and_named() -> None:
    names = sorted(path.stem for path in (migrating.FOLDER / "versions").glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    assert all(name[5:].startswith(("pre_", "post_")) for name in names)
