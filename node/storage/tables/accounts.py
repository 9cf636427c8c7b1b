"""How people come in beside passwords and letters: passkeys, second factors, accounts elsewhere; and what was tried."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import BIG, Words, metadata, moment, number, words

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", Words(), primary_key=True),
    words("person", default=None),
    words("public_key", default=None),
    Column("uses", BIG, nullable=False, default=0),
    words("name"),
    moment("created_at", is_required=True),
    moment("used_at"),
    Index(None, "person"),
)

second_factors = Table(
    "second_factors",
    metadata,
    Column("person", Words(), primary_key=True),
    words("secret", default=None),
    Column("step", BIG, nullable=False, default=0),
    moment("since", is_required=True),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("digest", Words(), primary_key=True),
    words("person", default=None),
    moment("used_at"),
    Index(None, "person"),
)

guesses = Table(
    "guesses",
    metadata,
    number(),
    words("subject", default=None),
    moment("at", is_required=True),
    Index(None, "subject", "at"),
    sqlite_autoincrement=True,
)

providers = Table(
    "providers",
    metadata,
    Column("slug", Words(), primary_key=True),
    words("name", default=None),
    words("issuer", default=None),
    words("client", default=None),
    words("secret"),
    words("document"),
    moment("looked_at"),
)

identities = Table(
    "identities",
    metadata,
    Column("issuer", Words(), primary_key=True),
    Column("subject", Words(), primary_key=True),
    words("person", default=None),
    moment("since", is_required=True),
    Index(None, "person"),
)
