"""What was reported to us and by us, and the decisions of people here, with their reasons."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table, UniqueConstraint

from node.storage.tables.columns import metadata, moment, number, words

#: `objects` is a JSON list of IRIs.
reports = Table(
    "reports",
    metadata,
    number(),
    words("activity", default=None),
    words("reporter", default=None),
    Column("is_ours", Boolean(), nullable=False),
    words("host"),
    words("objects"),
    words("content"),
    words("state", default=None),
    moment("received_at", is_required=True),
    moment("decided_at"),
    words("decided_by"),
    words("decision"),
    UniqueConstraint("activity"),
    Index(None, "state"),
    sqlite_autoincrement=True,
)

decisions = Table(
    "decisions",
    metadata,
    number(),
    moment("at", is_required=True),
    words("by"),
    words("deed", default=None),
    words("subject", default=None),
    words("reason"),
    Index(None, "subject"),
    sqlite_autoincrement=True,
)
