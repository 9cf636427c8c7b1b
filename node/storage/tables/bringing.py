"""What people bring along from before: what it goes into, how far it has come, and its files until it is done."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from node.storage.tables.columns import Number, Words, metadata, moment, words

bringings = Table(
    "bringings",
    metadata,
    Column("id", Words(), primary_key=True),
    words("person"),
    words("community"),
    words("audience"),
    words("state"),
    words("addresses"),
    words("report"),
    words("language"),
    Column("done", Integer(), nullable=False, default=0),
    Column("total", Integer(), nullable=False, default=0),
    Column("takes_probable", Integer(), nullable=False, default=0),
    moment("begun_at", is_required=True),
    moment("changed_at", is_required=True),
    Index(None, "person"),
)

brought = Table(
    "brought",
    metadata,
    Column("bringing", Words(), primary_key=True),
    Column("number", Number(), primary_key=True, autoincrement=False),
    words("name"),
    words("format"),
    words("problem"),
    Column("content", LargeBinary(), nullable=False),
)
