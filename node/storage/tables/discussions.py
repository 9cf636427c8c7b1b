"""Which exchanges are about which thing."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import Words, metadata

discussions = Table(
    "discussions",
    metadata,
    Column("thing", Words(), primary_key=True),
    Column("about", Words(), primary_key=True),
    Index(None, "about"),
)
