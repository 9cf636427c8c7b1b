"""Bringing the schema up to date."""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from node.storage import schema


def migrate(connection: Connection) -> None:
    """Makes the tables (the migrations take this over)."""
    if not inspect(connection).has_table("things"):
        schema.create(connection)
