"""Who takes part in which event, and in which state that is."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import Words, metadata, moment, words

participations = Table(
    "participations",
    metadata,
    Column("event", Words(), primary_key=True),
    Column("person", Words(), primary_key=True),
    words("activity"),
    words("state", default=None),
    words("note"),
    moment("asked_at", is_required=True),
    moment("answered_at"),
    Index(None, "activity"),
    Index(None, "person"),
)
