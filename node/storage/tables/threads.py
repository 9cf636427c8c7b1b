"""Which thing answers which, and to which conversation it belongs."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import Words, metadata, moment, words

threads = Table(
    "threads",
    metadata,
    Column("thing", Words(), primary_key=True),
    words("parent"),
    words("context"),
    moment("at", is_required=True),
    Index(None, "parent", "at"),
    Index(None, "context", "at"),
)
