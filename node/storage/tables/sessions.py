"""Who is signed in, tokens that work once (only their SHA-256), and what the node remembers of itself."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import Words, metadata, moment, words

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Words(), primary_key=True),
    words("person", default=None),
    moment("opened_at", is_required=True),
    moment("seen_at", is_required=True),
    words("way"),
    words("device"),
    words("rights"),
    words("former"),
    moment("ends_at"),
    Index(None, "person"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("digest", Words(), primary_key=True),
    words("kind", default=None),
    words("person", default=None),
    moment("expires_at", is_required=True),
    moment("used_at"),
    words("content"),
)

state = Table("state", metadata, Column("key", Words(), primary_key=True), words("value"))
