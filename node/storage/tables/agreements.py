"""What people agreed on with other servers, and which communities elsewhere may receive what one of ours publishes."""

from __future__ import annotations

from sqlalchemy import Column, Table

from node.storage.tables.columns import Words, metadata, moment, words

#: `told_at`: when those who look after this node were last told that the server is silent.
agreements = Table(
    "agreements",
    metadata,
    Column("host", Words(), primary_key=True),
    words("why"),
    words("contacts"),
    words("charter"),
    words("by"),
    moment("agreed_at"),
    moment("review_at"),
    moment("told_at"),
)

welcomes = Table(
    "welcomes",
    metadata,
    Column("community", Words(), primary_key=True),
    Column("follower", Words(), primary_key=True),
    words("by"),
    moment("at", is_required=True),
)
