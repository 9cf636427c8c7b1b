"""What things said before, and which version of a thing each person here has read."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import Document, Number, Words, metadata, moment, words

versions = Table(
    "versions",
    metadata,
    Column("thing", Words(), primary_key=True),
    Column("number", Number(), primary_key=True, autoincrement=False),
    Column("document", Document(), nullable=False),
    moment("at"),
    words("by"),
    words("comment"),
    words("audience", default=None),
    words("community"),
    words("readers"),
)

version_visits = Table(
    "version_visits",
    metadata,
    Column("person", Words(), primary_key=True),
    Column("thing", Words(), primary_key=True),
    Column("number", Number(), nullable=False),
    moment("at"),
    Index(None, "thing"),
)
