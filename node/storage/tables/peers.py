"""Other servers, as far as we know and trust them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, text

from node.storage.tables.columns import Words, metadata, moment, words

_FAILS = text("failing_since IS NOT NULL")

peers = Table(
    "peers",
    metadata,
    Column("host", Words(), primary_key=True),
    words("state"),
    words("software"),
    words("software_version"),
    moment("looked_at"),
    words("contact"),
    words("standard"),
    words("measure"),
    words("note"),
    moment("first_seen_at"),
    moment("last_in_at"),
    moment("last_out_at"),
    words("last_error"),
    moment("last_error_at"),
    Column("failures", Integer(), nullable=False, default=0),
    moment("window_at"),
    moment("failing_since"),
    moment("next_try_at"),
    Index(None, "state"),
    Index(None, "failing_since", sqlite_where=_FAILS),
)
