"""Work that waits, one row per kind and subject."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table, UniqueConstraint

from node.storage.tables.columns import lease_columns, metadata, number, words

tasks = Table(
    "tasks",
    metadata,
    number(),
    words("kind", default=None),
    words("subject", default=None),
    words("payload"),
    *lease_columns(),
    Column("is_woken", Boolean(), nullable=False, default=False),
    words("last_error"),
    UniqueConstraint("kind", "subject"),
    Index(None, "kind", "state", "due_at"),
    sqlite_autoincrement=True,
)
