"""Databases for tests: SQLite always, PostgreSQL wherever it can be had; the steps of the schema are taken once for all."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pysqlite3 import dbapi2
from sqlalchemy import Engine, TextClause, create_engine, inspect, make_url, text

from kit.left_out import leave_out
from kit.postgres import programs, throw_away_server
from node.storage.engine import Database

#: The address of a server on which the tests may make and drop schemas.
VARIABLE = "TEST_POSTGRES"
COUNTED_ANEW = text("""
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL
""")
MISSING = f"PostgreSQL is not here: apt-get install postgresql, or put a server's address into {VARIABLE}"


def in_memory() -> Database:
    """An empty SQLite database in memory, with all tables."""
    opened = Database("sqlite://")
    _copy(_driver(opened))
    return opened


def lay_out(path: Path) -> Path:
    """The same as a file, where there is none yet: to take all steps of the schema takes a tenth of a second."""
    if not path.exists():
        path.touch(mode=0o600)
        made = dbapi2.connect(path)
        _copy(made)
        made.close()
    return path


def _copy(into: dbapi2.Connection) -> None:
    _driver(_laid_out()).backup(into)


@functools.cache
def _laid_out() -> Database:
    """What the steps of the schema lead to, taken once for all."""
    opened = Database("sqlite://")
    opened.migrate()
    return opened


def _driver(opened: Database) -> dbapi2.Connection:
    """The one connection of a database in memory."""
    pooled = opened._engine.raw_connection()
    made: dbapi2.Connection = pooled.driver_connection
    pooled.close()
    return made


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server; skips the test (fails it, under CI=true) where there is none."""
    given = os.environ.get(VARIABLE, "")  # noqa: TID251 - tells the tests, not the node
    folder = programs()
    if given:
        yield given.replace("postgresql://", "postgresql+psycopg://", 1)
    elif folder is not None:
        with throw_away_server(folder) as address:
            yield address
    else:
        leave_out(MISSING)


@contextmanager
def own_schema(server: str) -> Iterator[str]:
    """An empty schema of one's own on a server, dropped at the end; its address."""
    name = f"test_{os.getpid()}_{os.urandom(4).hex()}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    url = make_url(server)
    try:
        yield url.update_query_dict({"options": f"-c search_path={name}"}).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()


@contextmanager
def migrated_schema(server: str) -> Iterator[str]:
    """A schema of one's own with all tables in it."""
    with own_schema(server) as address:
        database = Database(address)
        database.migrate()
        database.close()
        yield address
        _looked_through(address)[0].dispose()


def empty(address: str) -> None:
    """Empties every table of a migrated PostgreSQL schema in which there is anything, and counts anew from one."""
    engine, looked = _looked_through(address)
    with engine.begin() as connection:
        filled = connection.execute(looked).scalars().all()
        if filled:
            connection.execute(text(f"TRUNCATE {', '.join(filled)} CASCADE"))
        connection.execute(COUNTED_ANEW)


@functools.cache
def _looked_through(address: str) -> tuple[Engine, TextClause]:
    """A way into a schema, and what asks for those of its tables that hold rows: to empty all 80 takes longer than most tests."""
    engine = create_engine(address)
    names = [name for name in inspect(engine).get_table_names() if name != "alembic_version"]
    return engine, text(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names))  # noqa: S608
