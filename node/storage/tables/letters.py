"""Letters that wait to be sent; of one that was sent, only that it was."""

from __future__ import annotations

from sqlalchemy import Index, Table

from node.storage.tables.columns import lease_columns, metadata, moment, number, words

letters = Table(
    "letters",
    metadata,
    number(),
    words("recipient", default=None),
    words("subject", default=None),
    words("text", default=None),
    words("language"),
    words("kind"),
    words("calendar"),
    words("reply_to"),
    words("stop"),
    moment("until"),
    moment("done_at"),
    words("last_error"),
    *lease_columns(),
    Index(None, "state", "due_at"),
    sqlite_autoincrement=True,
)
