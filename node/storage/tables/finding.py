"""What helps people find: words of titles, for suggestions; what they choose among; and the searches that they keep."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from node.storage.tables.columns import BIG, Words, metadata, moment, number, words

#: The words of what a thing is called, folded; by things.seq. Made anew from the documents, like the full-text index.
title_words = Table(
    "title_words",
    metadata,
    Column("word", Words(), primary_key=True),
    Column("seq", BIG, primary_key=True, autoincrement=False),
    Index(None, "seq"),
    sqlite_with_rowid=False,
)

#: The searched fields among which people choose, and each value with the things.seq that have it, as counting wants them.
CHOSEN_FIELDS = ("topic", "territory")
choices = Table(
    "choices",
    metadata,
    Column("property", Words(), primary_key=True),
    Column("text", Words(), primary_key=True),
    Column("seq", BIG, primary_key=True, autoincrement=False),
    Index(None, "seq"),
    sqlite_with_rowid=False,
)

#: A search as somebody would like to have it again; `query` is what stands behind /recherche?, `seen` the last things.seq then,
#: `told` the last of which its owner was told.
saved_searches = Table(
    "saved_searches",
    metadata,
    number(),
    words("person", default=None),
    words("name"),
    words("query"),
    Column("seen", BIG, nullable=False, default=0),
    Column("told", BIG, nullable=False, default=0),
    moment("since", is_required=True),
    Index(None, "person"),
    sqlite_autoincrement=True,
)
