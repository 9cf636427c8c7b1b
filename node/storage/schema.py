"""Every table at once: the declared schema, and how to make it in an empty database."""

from __future__ import annotations

from sqlalchemy import Connection

from node.storage.tables import (
    actors,
    followings,
    holdings,
    inbox,
    intersections,
    mappings,
    members,
    outbox,
    peers,
    search,
    sessions,
    tasks,
    things,
)
from node.storage.tables.columns import metadata

#: Imported for their tables.
PARTS = (
    actors, followings, holdings, inbox, intersections, mappings, members, outbox, peers, search, sessions, tasks, things,
)  # fmt: skip


def create(connection: Connection) -> None:
    """Makes all tables in an empty database."""
    metadata.create_all(connection)
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in search.SQLITE_INDEX if is_sqlite else search.POSTGRESQL_INDEX:
        connection.exec_driver_sql(statement)
