"""What was received and proven, and what was refused."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, UniqueConstraint, text

from node.storage.tables.columns import Words, lease_columns, metadata, moment, number, words

# The migration says the same of PostgreSQL; here it would load that dialect at every start.
#: The rows that wait, among all that ever came.
_IS_DUE = text("state = 'due'")
#: Those that were under way when a process died.
_IS_SUSPECT = text("crashes > 0")

inbox = Table(
    "inbox",
    metadata,
    number(),
    words("activity", default=None),
    words("actor", default=None),
    words("type"),
    Column("body", LargeBinary(), nullable=False),
    words("key_id"),
    Column("recipient", Words(), nullable=True),
    moment("received_at", is_required=True),
    *lease_columns(),
    Column("crashes", Integer(), nullable=False, default=0),
    words("reason"),
    moment("done_at"),
    UniqueConstraint("activity"),
    Index(None, "state", "due_at"),
    Index(None, "actor", "id", sqlite_where=_IS_DUE),
    Index("ix_inbox_suspect", "state", "due_at", sqlite_where=_IS_SUSPECT),
    sqlite_autoincrement=True,
)

refusals = Table(
    "refusals",
    metadata,
    number(),
    moment("at", is_required=True),
    Column("status", Integer(), nullable=False),
    words("reason"),
    words("host"),
    words("actor"),
    words("activity"),
    Column("excerpt", LargeBinary(), nullable=False),
    sqlite_autoincrement=True,
)
