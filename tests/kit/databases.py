"""Databases for tests: SQLite always, PostgreSQL wherever it can be had; the steps of the schema are taken once for all."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, inspect, make_url, text

from kit.left_out import leave_out
from kit.postgres import programs, throw_away_server
from node.storage import migrating
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

#: The address of a server on which the tests may make and drop schemas.
VARIABLE = "TEST_POSTGRES"
MISSING = f"PostgreSQL is not here: apt-get install postgresql, or put a server's address into {VARIABLE}"


def in_memory() -> Database:
    """An empty SQLite database in memory, with all tables."""
    opened = Database("sqlite://")
    opened.write_now(_lay_out)
    return opened


def _lay_out(uow: UnitOfWork) -> None:
    for statement in _schema():
        uow.connection.exec_driver_sql(statement)
    uow.connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (migrating.head(),))


@functools.cache
def _schema() -> tuple[str, ...]:
    """What the steps of the schema lead to, tables first; the full-text index makes tables of its own."""
    with_tables = """
        SELECT sql FROM sqlite_master
        WHERE sql LIKE 'CREATE VIRTUAL%' OR sql IS NOT NULL AND name NOT LIKE 'search_index_%' AND name NOT LIKE 'sqlite_%'
        ORDER BY type <> 'table', rowid
    """
    opened = Database("sqlite://")
    opened.migrate()
    made = opened.read_now(lambda uow: uow.connection.exec_driver_sql(with_tables).scalars().all())
    opened.close()
    return tuple(made)


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
    yield url.update_query_dict({"options": f"-c search_path={name}"}).render_as_string(hide_password=False)
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


def empty(address: str) -> None:
    """Empties every table of a migrated PostgreSQL schema."""
    engine = create_engine(address)
    with engine.begin() as connection:
        names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        connection.execute(text(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE"))
    engine.dispose()
