"""Files that people gave: the bytes once by their digest, who keeps which, and which things show or offer them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from node.storage.tables.columns import Words, metadata, moment, words

media = Table(
    "media",
    metadata,
    Column("digest", Words(), primary_key=True),
    words("media_type"),
    words("extension"),
    Column("size", Integer(), nullable=False),
    Column("width", Integer(), nullable=False, default=0),
    Column("height", Integer(), nullable=False, default=0),
    Column("content", LargeBinary(), nullable=False),
    moment("stored_at", is_required=True),
    # the SHA-256 of the bytes where they were cleaned since they were given, "" where the digest is that
    words("sum"),
)

media_keepers = Table(
    "media_keepers",
    metadata,
    Column("digest", Words(), primary_key=True),
    Column("person", Words(), primary_key=True),
    words("name"),
    words("description"),
    moment("at", is_required=True),
    Index(None, "person"),
)

media_uses = Table(
    "media_uses",
    metadata,
    Column("digest", Words(), primary_key=True),
    Column("thing", Words(), primary_key=True),
    Index(None, "thing"),
)
