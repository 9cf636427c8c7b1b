"""What a community shows first."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from node.storage.tables.columns import Words, metadata, moment

featured = Table(
    "featured",
    metadata,
    Column("community", Words(), primary_key=True),
    Column("thing", Words(), primary_key=True),
    Column("place", Integer(), nullable=False),
    moment("since", is_required=True),
)
