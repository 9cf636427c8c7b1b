"""What people are told of what concerns them, what each of them wants to hear no more of, and how often letters bring it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from node.storage.tables.columns import Moment, Words, metadata, moment, number, words

#: `conversation` is what notices are gathered by: the beginning of an exchange, else what the notice is about.
notices = Table(
    "notices",
    metadata,
    number(),
    words("person", default=None),
    words("kind", default=None),
    words("iri"),
    words("conversation"),
    words("by"),
    words("community"),
    moment("at", is_required=True),
    moment("seen_at"),
    moment("told_at"),
    Index(None, "person", "at"),
    Index(None, "iri"),
    sqlite_autoincrement=True,
)

#: `subject` is a conversation, a person, a community or a thing.
mutes = Table(
    "mutes",
    metadata,
    Column("person", Words(), primary_key=True),
    Column("subject", Words(), primary_key=True),
    moment("at", is_required=True),
)

#: `subject` is somebody whose words `person` does not want to read.
hidden_people = Table(
    "hidden_people",
    metadata,
    Column("person", Words(), primary_key=True),
    Column("subject", Words(), primary_key=True),
    moment("at", is_required=True),
)

#: `told_at`: when the last letter was due, whether or not there was anything to say.
notice_habits = Table(
    "notice_habits",
    metadata,
    Column("person", Words(), primary_key=True),
    words("rhythm"),
    Column("weekday", Integer(), nullable=False, default=0),
    Column("told_at", Moment(), nullable=True),
)
