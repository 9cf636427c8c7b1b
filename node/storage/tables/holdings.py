"""Which community holds which thing."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import Words, metadata, moment, words

holdings = Table(
    "holdings",
    metadata,
    Column("community", Words(), primary_key=True),
    Column("thing", Words(), primary_key=True),
    words("mode"),
    moment("since", is_required=True),
    words("activity"),
    Index(None, "thing"),
    Index(None, "community", "since", "thing"),
)
