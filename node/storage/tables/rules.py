"""The rules that each community gives itself, version by version, and who agreed to what when."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint

from node.storage.tables.columns import metadata, moment, number, words

#: `mode` is the IRI of a mode of confidentiality.
rules = Table(
    "rules",
    metadata,
    number(),
    words("community", default=None),
    Column("version", Integer(), nullable=False),
    words("text"),
    words("mode"),
    words("comment"),
    words("by"),
    moment("at", is_required=True),
    UniqueConstraint("community", "version"),
    sqlite_autoincrement=True,
)

#: `subject` is what was agreed to: the rules of a community (its IRI), or another promise by its name.
consents = Table(
    "consents",
    metadata,
    number(),
    words("person", default=None),
    words("subject", default=None),
    Column("version", Integer(), nullable=False),
    moment("at", is_required=True),
    moment("ended_at"),
    Index(None, "person"),
    Index(None, "subject"),
    sqlite_autoincrement=True,
)
