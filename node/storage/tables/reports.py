"""What was reported to us and by us, and the decisions of people here, with their reasons."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table, UniqueConstraint

from node.storage.tables.columns import metadata, moment, number, words

#: `objects` is a JSON list of IRIs; `community` is the one whose animators are asked first, "" for those of the node.
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
    words("community"),
    words("category"),
    UniqueConstraint("activity"),
    Index(None, "state"),
    sqlite_autoincrement=True,
)

#: `community` is the one in which it was decided, `affected` the person whom it touches.
decisions = Table(
    "decisions",
    metadata,
    number(),
    moment("at", is_required=True),
    words("by"),
    words("deed", default=None),
    words("subject", default=None),
    words("reason"),
    words("community"),
    words("affected"),
    Index(None, "subject"),
    sqlite_autoincrement=True,
)
