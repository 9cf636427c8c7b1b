"""Who follows whom, in which state."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from node.storage.tables.columns import metadata, moment, number, words

followings = Table(
    "followings",
    metadata,
    number(),
    words("follower", default=None),
    words("target", default=None),
    words("activity"),
    words("state", default=None),
    moment("requested_at", is_required=True),
    moment("answered_at"),
    moment("ended_at"),
    words("note"),
    moment("synced_at"),
    words("history"),
    UniqueConstraint("follower", "target"),
    Index(None, "target"),
    Index(None, "activity"),
    sqlite_autoincrement=True,
)
