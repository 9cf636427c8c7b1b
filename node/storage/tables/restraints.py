"""What a community asks of one of its people for a while, and what somebody answers to a decision about them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import BIG, metadata, moment, number, words

#: `kind` is "pause" (reads, does not write) or "slow" (one message an hour).
restraints = Table(
    "restraints",
    metadata,
    number(),
    words("person", default=None),
    words("community"),
    words("kind", default=None),
    words("reason"),
    words("by"),
    moment("at", is_required=True),
    moment("until"),
    moment("ended_at"),
    Index(None, "person"),
    sqlite_autoincrement=True,
)

#: `decision` is the number of a row of decisions.
appeals = Table(
    "appeals",
    metadata,
    number(),
    Column("decision", BIG, nullable=False),
    words("by", default=None),
    words("text"),
    moment("at", is_required=True),
    moment("answered_at"),
    words("answered_by"),
    words("answer"),
    Index(None, "decision"),
    sqlite_autoincrement=True,
)
