"""Actors, ours and others', and our private keys."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table

from node.storage.tables.columns import Document, Words, metadata, moment, words

actors = Table(
    "actors",
    metadata,
    Column("iri", Words(), primary_key=True),
    words("type"),
    words("kind"),
    Column("document", Document(), nullable=False),
    words("name"),
    words("username"),
    words("host"),
    Column("is_local", Boolean(), nullable=False),
    words("inbox"),
    words("shared_inbox"),
    words("followers"),
    words("outbox"),
    words("repertoire"),
    words("key_id"),
    words("key_pem"),
    words("state"),
    words("moved_to"),
    moment("fetched_at"),
    moment("created_at"),
    Index(None, "username"),
    Index(None, "key_id"),
    Index(None, "type"),
    Index(None, "host"),
)

keys = Table(
    "keys",
    metadata,
    Column("iri", Words(), primary_key=True),
    words("actor", default=None),
    words("kind", default=None),
    words("pem", default=None),
    moment("created_at", is_required=True),
    moment("retired_at"),
    Index(None, "actor"),
)
