"""Statements that one term corresponds to another."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Table

from node.storage.tables.columns import Words, metadata, words

mappings = Table(
    "mappings",
    metadata,
    Column("thing", Words(), primary_key=True),
    words("subject", default=None),
    words("relation", default=None),
    words("object", default=None),
    Column("confidence", Float(), nullable=False, default=1.0),
    words("state", default=None),
    words("author"),
    Index(None, "subject"),
    Index(None, "object"),
)
