"""Activities that we sent or will send, each body once, and one delivery per inbox."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Identity, Index, Integer, Table, UniqueConstraint, text

from node.storage.tables.columns import BIG, Document, Words, lease_columns, metadata, moment, number, words

outbox = Table(
    "outbox",
    metadata,
    Column("seq", BIG, Identity(), primary_key=True),
    words("iri", default=None),
    words("actor", default=None),
    words("type"),
    words("object"),
    Column("document", Document(), nullable=False),
    words("audience"),
    moment("published_at", is_required=True),
    UniqueConstraint("iri"),
    Index(None, "actor", "seq"),
    Index(None, "object"),
    sqlite_autoincrement=True,
)

#: The few rows that are under way, among very many.
_IS_LEASED = text("leased_until IS NOT NULL")

deliveries = Table(
    "deliveries",
    metadata,
    number(),
    Column("activity", Words(), ForeignKey("outbox.iri"), nullable=False),
    words("object"),
    words("sender"),
    words("inbox", default=None),
    words("host", default=None),
    *lease_columns(),
    Column("last_status", Integer(), nullable=True),
    words("last_error"),
    moment("created_at", is_required=True),
    moment("done_at"),
    Index(None, "state", "due_at"),
    Index(None, "host", "state", "due_at"),
    Index(None, "object", "host", "state"),
    Index(None, "activity", "inbox"),
    Index(None, "leased_until", sqlite_where=_IS_LEASED),
    sqlite_autoincrement=True,
)
