"""What people began to write and have not sent, and what was shared quickly and waits for somebody to complete it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import Words, metadata, moment, number, words

drafts = Table(
    "drafts",
    metadata,
    number(),
    words("person", default=None),
    words("about"),
    words("document"),
    moment("begun_at", is_required=True),
    moment("changed_at", is_required=True),
    Index(None, "person"),
    sqlite_autoincrement=True,
)

unfinished = Table(
    "unfinished",
    metadata,
    Column("thing", Words(), primary_key=True),
    moment("at", is_required=True),
)
