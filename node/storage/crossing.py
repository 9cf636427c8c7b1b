"""The rows of a node from a PostgreSQL server into a SQLite file, and from a SQLite file into an empty database of a server.

So a copy is the same file wherever the rows are kept, and can be put back into either. Rows go one portion at a time: what it
takes in memory does not grow with the node. The full-text index stays behind, and is made anew where the rows are put back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, LargeBinary, Table, delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from node.errors import Conflict, Invalid
from node.storage import connecting, migrating
from node.storage.failures import busy
from node.storage.schema import metadata
from node.storage.shelves.state import ADDRESS
from node.storage.unit_of_work import UnitOfWork

#: Rows that are carried at once; those that may hold a whole file go alone.
_PORTION, _REINDEXED = 100, 200


def into_file(uow: UnitOfWork, file: Path) -> None:
    """Writes what this look at the rows sees into a SQLite file of the same schema, which is empty.

    Raises Busy where there is no room, Invalid when what arrived is not what left.
    """
    with _opened(file) as connection:
        migrating.migrate(connection)
        for table in metadata.sorted_tables:
            connection.execute(delete(table))
            told = _carried(table, uow.connection, connection)
            arrived = connection.execute(select(func.count()).select_from(table)).scalar_one()
            if told != arrived:
                raise Invalid(f"{table.name}: {told} rows left, {arrived} arrived.")
            _count_on_in_file(table, uow.connection, connection)


def into_server(uow: UnitOfWork, file: Path) -> None:
    """Puts the rows of a SQLite file into a PostgreSQL database that holds no node, and makes the index anew: all or nothing.

    Raises Conflict when there is a node, Invalid when the file does not fit.
    """
    if migrating.current(uow.connection) is not None and uow.state.get(ADDRESS) is not None:
        raise Conflict("the database holds a node already; restore into an empty one")
    migrating.migrate(uow.connection)
    with _opened(file) as connection:
        migrating.migrate(connection)
        for table in reversed(metadata.sorted_tables):
            uow.connection.execute(delete(table))
        for table in metadata.sorted_tables:
            _carried(table, connection, uow.connection)
            _count_on_in_server(table, connection, uow.connection)
    _reindex(uow.connection)


def index_file(file: Path) -> None:
    """Makes the full-text index of a file anew, where its rows came from a server and have none."""
    with _opened(file) as connection:
        is_bare = connection.execute(text("SELECT 1 FROM search_index_docsize LIMIT 1")).first() is None
        if is_bare and connection.execute(text("SELECT 1 FROM things LIMIT 1")).first() is not None:
            migrating.migrate(connection)
            _reindex(connection)


def _carried(table: Table, source: Connection, target: Connection) -> int:
    """Carries all rows of a table; how many."""
    portion = 1 if any(isinstance(column.type, LargeBinary) for column in table.columns) else _PORTION
    chosen = select(table).order_by(*(table.primary_key.columns or table.columns)).execution_options(yield_per=portion)
    count = 0
    try:
        for rows in source.execute(chosen).mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])
            count += len(rows)
    except (DBAPIError, ValueError) as failure:
        passing = busy(failure) if isinstance(failure, DBAPIError) else None
        raise passing or Invalid(f"{table.name}: a row cannot be carried over: {str(failure).splitlines()[0]}") from failure
    return count


def _count_on_in_file(table: Table, source: Connection, target: Connection) -> None:
    """The file counts on from where the server was: a number is never given twice."""
    key = table.autoincrement_column
    if key is None:
        return
    last = source.execute(
        text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, :key)::regclass)"),
        {"name": table.name, "key": key.name},
    ).scalar()
    target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    if last:
        target.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), {"name": table.name, "last": last})


def _count_on_in_server(table: Table, source: Connection, target: Connection) -> None:
    key = table.autoincrement_column
    if key is None:
        return
    last = source.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}).scalar() or 0
    target.execute(
        text("SELECT setval(pg_get_serial_sequence(:name, :key), :last, :is_given)"),
        {"name": table.name, "key": key.name, "last": last or 1, "is_given": bool(last)},
    )


def _reindex(connection: Connection) -> None:
    after, is_begun = 0, False
    while after or not is_begun:
        uow = UnitOfWork(connection)  # a fresh one each time: what one remembers grows with what it did
        after, is_begun = uow.things.reindex(after, _REINDEXED), True
        uow.settle()


@contextmanager
def _opened(file: Path) -> Iterator[Connection]:
    """One transaction on a file that nobody else uses."""
    engine = connecting.sqlite_alone(file)
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as failure:
        raise busy(failure) or Invalid(f"{file} cannot be used: {str(failure).splitlines()[0]}") from failure
    finally:
        engine.dispose()
