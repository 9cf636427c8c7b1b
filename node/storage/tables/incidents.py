"""What the law on personal information asks to be written down: incidents, and accounts that were erased."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Table

from node.storage.tables.columns import metadata, moment, number, words

incidents = Table(
    "incidents",
    metadata,
    number(),
    moment("happened_at", is_required=True),
    moment("noticed_at", is_required=True),
    words("nature"),
    words("people"),
    words("harm"),
    words("measures"),
    words("told"),
    Column("is_serious", Boolean(), nullable=False, default=False),
    words("by"),
    moment("closed_at"),
    sqlite_autoincrement=True,
)

#: Of an erased account nothing is kept here but when, and the activities that asked other servers to forget it (a JSON list).
erasures = Table(
    "erasures",
    metadata,
    number(),
    moment("at", is_required=True),
    Column("is_authorship_kept", Boolean(), nullable=False, default=False),
    words("activities"),
    sqlite_autoincrement=True,
)
