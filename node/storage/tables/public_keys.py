"""Public keys of actors beside the one in their row: ours that were replaced, and further keys of others."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import Words, metadata, moment, words

public_keys = Table(
    "public_keys",
    metadata,
    Column("iri", Words(), primary_key=True),
    words("actor", default=None),
    words("kind"),
    words("pem", default=None),
    moment("fetched_at", is_required=True),
    moment("expires_at"),
    Index(None, "actor"),
)
