"""Addresses that give one list to whoever knows them, as a member may see it (only the SHA-256 of the secret in them)."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from node.storage.tables.columns import metadata, moment, number, words

private_addresses = Table(
    "private_addresses",
    metadata,
    number(),
    words("digest", default=None),
    words("person", default=None),
    words("list", default=None),
    words("name"),
    moment("created_at", is_required=True),
    moment("used_at"),
    UniqueConstraint("digest"),
    Index(None, "person"),
    sqlite_autoincrement=True,
)
