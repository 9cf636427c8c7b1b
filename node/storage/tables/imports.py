"""What came of each part of what was imported, so that it is known again."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import Words, metadata, moment, words

imports = Table(
    "imports",
    metadata,
    Column("mark", Words(), primary_key=True),
    words("source"),
    words("thing", default=None),
    words("digest", default=None),
    words("document"),
    moment("at"),
    Index(None, "thing"),
)
