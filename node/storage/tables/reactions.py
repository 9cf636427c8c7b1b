"""Who liked what, and who passed it on."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import Words, metadata, moment, words

reactions = Table(
    "reactions",
    metadata,
    Column("thing", Words(), primary_key=True),
    Column("actor", Words(), primary_key=True),
    Column("type", Words(), primary_key=True),
    words("activity"),
    moment("at", is_required=True),
    Index(None, "activity"),
    Index(None, "actor"),
)
