"""What was looked up for somebody, who has not decided yet."""

from __future__ import annotations

from sqlalchemy import Index, Table

from node.storage.tables.columns import metadata, moment, number, words

#: `found` is what was found at `address`, as JSON; it is let go of after a day.
previews = Table(
    "previews",
    metadata,
    number(),
    words("person", default=None),
    words("kind", default=None),
    words("address", default=None),
    words("found", default=None),
    moment("at", is_required=True),
    Index(None, "person", "at"),
    sqlite_autoincrement=True,
)
