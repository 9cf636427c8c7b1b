"""Things as documents, who may read them, the fields that are searched, and where each was sent."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Identity, Index, Table, UniqueConstraint, text

from node.storage.tables.columns import BIG, Document, Moment, Words, metadata, moment, words

#: Other databases keep long texts apart, and take none so long into an index.
_SQLITE_ONLY = {"dialect": "sqlite"}
_NARROW = (
    "seq", "audience", "author", "community", "deleted_at", "kind", "host", "language", "license", "published_at", "updated_at",
    "stored_at", "iri",
)  # fmt: skip
_GATE = ("iri", "audience", "deleted_at", "author", "community", "kind")
#: What tells SQLite to read one of these indexes alone: the first for a walk through many, the other for things named one by one.
NARROW, GATE = "INDEXED BY ix_things_narrow", "INDEXED BY ix_things_gate"

things = Table(
    "things",
    metadata,
    Column("seq", BIG, Identity(), primary_key=True),
    words("iri", default=None),
    words("type"),
    words("kind"),
    Column("document", Document(), nullable=False),
    words("host"),
    Column("is_local", Boolean(), nullable=False),
    words("author"),
    words("community"),
    words("audience", default=None),
    words("name"),
    words("summary"),
    words("language"),
    words("license"),
    moment("published_at"),
    moment("updated_at"),
    moment("stored_at"),
    moment("deleted_at"),
    UniqueConstraint("iri"),
    Index(None, "kind", "seq"),
    Index(None, "community", "seq"),
    Index(None, "community", "kind", "seq"),
    Index(None, "author", "seq"),
    # SQLite keeps a document inside its row: what a search looks at of each thing is read from here, without it
    Index("ix_things_narrow", *_NARROW, info=_SQLITE_ONLY).ddl_if(dialect="sqlite"),
    # and what the gate looks at of each thing that a list of addresses names, from here
    Index("ix_things_gate", *_GATE, info=_SQLITE_ONLY).ddl_if(dialect="sqlite"),
    sqlite_autoincrement=True,
)

thing_readers = Table(
    "thing_readers",
    metadata,
    Column("thing", Words(), ForeignKey("things.iri"), primary_key=True),
    Column("reader", Words(), primary_key=True),
    Index(None, "reader"),
)

facets = Table(
    "facets",
    metadata,
    Column("thing", Words(), ForeignKey("things.iri"), nullable=False),
    words("property", default=None),
    Column("text", Words(), nullable=True),
    Column("number", Float(), nullable=True),
    Column("moment", Moment(), nullable=True),
    Index(None, "thing"),
    Index(None, "property", "text"),
    Index(None, "property", "moment", sqlite_where=text("moment IS NOT NULL")),
)

recipients = Table(
    "recipients",
    metadata,
    Column("thing", Words(), primary_key=True),
    Column("inbox", Words(), primary_key=True),
)
