"""Who was invited into which community, by whom, and what came of it. Only the SHA-256 of what opens an invitation is kept."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from node.storage.tables.columns import metadata, moment, number, words

#: `event` and `answer` are what somebody said of a meeting before they had an account.
invitations = Table(
    "invitations",
    metadata,
    number(),
    words("digest", default=None),
    words("community", default=None),
    words("email", default=None),
    words("role"),
    words("language"),
    words("by"),
    words("state", default=None),
    words("person"),
    words("event"),
    words("answer"),
    moment("sent_at", is_required=True),
    moment("expires_at", is_required=True),
    moment("answered_at"),
    UniqueConstraint("digest"),
    Index(None, "community", "state"),
    sqlite_autoincrement=True,
)
