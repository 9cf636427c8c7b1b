"""People with an account here, and who belongs to which community from when to when."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table, UniqueConstraint

from node.storage.tables.columns import Words, metadata, moment, number, words

members = Table(
    "members",
    metadata,
    Column("iri", Words(), primary_key=True),
    words("email", default=None),
    words("name"),
    words("password_hash"),
    words("language"),
    moment("created_at"),
    words("languages"),
    words("helps"),
    words("tongue"),
    words("town"),
    UniqueConstraint("email"),
)

memberships = Table(
    "memberships",
    metadata,
    number(),
    words("person", default=None),
    words("community", default=None),
    words("role"),
    moment("since", is_required=True),
    moment("until"),
    Column("consent", Boolean(), nullable=False, default=False),
    words("iri"),
    Index(None, "person"),
    Index(None, "community"),
    sqlite_autoincrement=True,
)
