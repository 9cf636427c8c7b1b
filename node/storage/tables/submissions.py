"""What people of other servers send to a community of ours, until somebody of it decides."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table, UniqueConstraint

from node.storage.tables.columns import metadata, moment, number, words

submissions = Table(
    "submissions",
    metadata,
    number(),
    words("community", default=None),
    words("thing", default=None),
    words("activity", default=None),
    words("author", default=None),
    Column("body", LargeBinary(), nullable=False),
    words("state", default=None),
    moment("received_at", is_required=True),
    moment("decided_at"),
    words("decided_by"),
    words("reason"),
    UniqueConstraint("community", "activity"),
    Index(None, "community", "state"),
    Index(None, "thing"),
    sqlite_autoincrement=True,
)
