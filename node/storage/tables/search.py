"""The stems of the labels of terms; and the full-text index, which each database has in its own way.

The full-text index is a view of the documents: it may be dropped and made again.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table

from node.storage.tables.columns import Words, metadata

#: `stems` is a whole label, stems joined by a space, or (is_whole false) one word of it.
labels = Table(
    "labels",
    metadata,
    Column("concept", Words(), primary_key=True),
    Column("stems", Words(), primary_key=True),
    Column("is_whole", Boolean(), primary_key=True),
    Index(None, "stems", "is_whole"),
)

#: Both are keyed by things.seq and hold stems only. The columns of the one are the weights A, B, C, D of the other.
SQLITE_INDEX = (
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        title, summary, topics, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0'
    )
    """,
)
POSTGRESQL_INDEX = (
    """
    CREATE TABLE search_index (
        seq bigint PRIMARY KEY, words tsvector NOT NULL,
        heading tsvector GENERATED ALWAYS AS (ts_filter(words, '{a,c}')) STORED
    )
    """,
    "CREATE INDEX ix_search_index_words ON search_index USING gin (words)",
    "CREATE INDEX ix_search_index_heading ON search_index USING gin (heading)",
)
