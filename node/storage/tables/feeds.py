"""Sites that are followed by their feed, and which communities here follow them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from node.storage.tables.columns import Words, metadata, moment, words

feeds = Table(
    "feeds",
    metadata,
    Column("iri", Words(), primary_key=True),
    words("address", default=None),
    words("format"),
    words("title"),
    words("summary"),
    words("site"),
    words("state"),
    words("etag"),
    words("modified"),
    words("trouble"),
    words("error"),
    Column("failures", Integer(), nullable=False),
    Column("is_barred", Boolean(), nullable=False),
    moment("added_at", is_required=True),
    moment("looked_at"),
    moment("changed_at"),
    moment("next_at"),
    moment("robots_at"),
)

feed_followers = Table(
    "feed_followers",
    metadata,
    Column("feed", Words(), primary_key=True),
    Column("community", Words(), primary_key=True),
    moment("since", is_required=True),
    Index(None, "community"),
)
