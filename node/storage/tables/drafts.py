"""What people began to write and have not sent, and what was shared quickly and waits for somebody to complete it."""

from __future__ import annotations

from sqlalchemy import Column, Table

from node.storage.tables.columns import Number, Words, metadata, moment, words

drafts = Table(
    "drafts",
    metadata,
    Column("person", Words(), primary_key=True),
    Column("number", Number(), primary_key=True, autoincrement=False),
    words("about"),
    words("document"),
    moment("begun_at", is_required=True),
    moment("changed_at", is_required=True),
)

unfinished = Table(
    "unfinished",
    metadata,
    Column("thing", Words(), primary_key=True),
    moment("at", is_required=True),
)
