"""Addresses to which members write what they share (only the SHA-256 of the secret in one), and letters until they are opened."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table, UniqueConstraint

from node.storage.tables.columns import Words, lease_columns, metadata, moment, number, words

letter_addresses = Table(
    "letter_addresses",
    metadata,
    Column("person", Words(), primary_key=True),
    words("digest", default=None),
    words("community"),
    moment("made_at", is_required=True),
    moment("used_at"),
    UniqueConstraint("digest"),
)

letters_in = Table(
    "letters_in",
    metadata,
    number(),
    words("person", default=None),
    words("mark", default=None),
    Column("content", LargeBinary(), nullable=False),
    moment("received_at", is_required=True),
    words("last_error"),
    *lease_columns(),
    UniqueConstraint("person", "mark"),
    Index(None, "state", "due_at"),
    sqlite_autoincrement=True,
)
