"""What of this node's own is public, in the order of its changes; and which rows an index elsewhere has to look at."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, UniqueConstraint

from node.storage.tables.columns import BIG, Words, metadata, moment, number, words

changes = Table(
    "changes",
    metadata,
    number(),
    words("thing", default=None),
    words("deed", default=None),
    words("kind"),
    words("digest"),
    moment("at", is_required=True),
    UniqueConstraint("thing"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

change_sets = Table(
    "change_sets",
    metadata,
    Column("thing", Words(), primary_key=True),
    Column("community", Words(), primary_key=True),
    Column("change", BIG, nullable=False),
    Index(None, "community", "change"),
)

marks = Table("marks", metadata, number(), words("thing", default=None), sqlite_autoincrement=True)
