"""Where two communities touch, as last computed."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Table

from node.storage.tables.columns import Document, Words, metadata, moment, words

intersections = Table(
    "intersections",
    metadata,
    Column("iri", Words(), primary_key=True),
    words("left", default=None),
    words("right", default=None),
    Column("strength", Float(), nullable=False),
    Column("document", Document(), nullable=False),
    moment("computed_at", is_required=True),
    words("phase"),
    Index(None, "left"),
    Index(None, "right"),
    Index(None, "strength", "iri"),
)
