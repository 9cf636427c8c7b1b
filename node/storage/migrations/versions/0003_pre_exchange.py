"""What exchange with servers of other makes needs: submissions, threads, participations, reports, further keys."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")
TRUTH = sa.Boolean()
COUNT = sa.Integer()
BYTES = sa.LargeBinary()
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


#: (table, texts that are "" in older rows, moments).
ADDED = (
    ("peers", ("software_version", "standard", "measure"), ("looked_at", "window_at")),
    ("followings", ("history",), ("history_until",)),
    ("actors", ("moved_to",), ()),
    ("keys", (), ("retired_at",)),
)


def upgrade() -> None:
    for table, texts, moments in ADDED:
        for name in texts:
            op.add_column(table, sa.Column(name, TEXT, nullable=False, server_default=""))
        for name in moments:
            op.add_column(table, sa.Column(name, MOMENT, nullable=True))
    for make in TABLES:
        make()
    _index("actors", "host")
    is_due = sa.text("state = 'due'")
    op.create_index("ix_inbox_actor_id", "inbox", ["actor", "id"], sqlite_where=is_due, postgresql_where=is_due)
    is_suspect = sa.text("crashes > 0")
    op.create_index("ix_inbox_suspect", "inbox", ["state", "due_at"], sqlite_where=is_suspect, postgresql_where=is_suspect)
    for table, column in (("deliveries", "leased_until"), ("peers", "failing_since")):
        is_there = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=is_there, postgresql_where=is_there)


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")


def _required(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _optional(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=True) for name in names]


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, BIG, sa.Identity(), nullable=False)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _submissions() -> None:
    op.create_table(
        "submissions",
        _number("id"),
        *_required(TEXT, "community", "thing", "activity", "author"),
        *_required(BYTES, "body"),
        *_required(TEXT, "state"),
        *_required(MOMENT, "received_at"),
        *_optional(MOMENT, "decided_at"),
        *_required(TEXT, "decided_by", "reason"),
        _key("submissions", "id"),
        sa.UniqueConstraint("community", "activity", name="uq_submissions_community_activity"),
        sqlite_autoincrement=True,
    )
    _index("submissions", "community", "state")
    _index("submissions", "thing")


def _featured() -> None:
    op.create_table(
        "featured",
        *_required(TEXT, "community", "thing"),
        *_required(COUNT, "place"),
        *_required(MOMENT, "since"),
        _key("featured", "community", "thing"),
    )


def _reactions() -> None:
    op.create_table(
        "reactions",
        *_required(TEXT, "thing", "actor", "type", "activity"),
        *_required(MOMENT, "at"),
        _key("reactions", "thing", "actor", "type"),
    )
    _index("reactions", "activity")
    _index("reactions", "actor")


def _threads() -> None:
    op.create_table(
        "threads",
        *_required(TEXT, "thing", "parent", "context"),
        *_required(MOMENT, "at"),
        _key("threads", "thing"),
    )
    _index("threads", "parent", "at")
    _index("threads", "context", "at")


def _participations() -> None:
    op.create_table(
        "participations",
        *_required(TEXT, "event", "person", "activity", "state", "note"),
        *_required(MOMENT, "asked_at"),
        *_optional(MOMENT, "answered_at"),
        _key("participations", "event", "person"),
    )
    _index("participations", "activity")
    _index("participations", "person")


def _reports() -> None:
    op.create_table(
        "reports",
        _number("id"),
        *_required(TEXT, "activity", "reporter"),
        *_required(TRUTH, "is_ours"),
        *_required(TEXT, "host", "objects", "content", "state"),
        *_required(MOMENT, "received_at"),
        *_optional(MOMENT, "decided_at"),
        *_required(TEXT, "decided_by", "decision"),
        _key("reports", "id"),
        sa.UniqueConstraint("activity", name="uq_reports_activity"),
        sqlite_autoincrement=True,
    )
    _index("reports", "state")


def _decisions() -> None:
    op.create_table(
        "decisions",
        _number("id"),
        *_required(MOMENT, "at"),
        *_required(TEXT, "by", "deed", "subject", "reason"),
        _key("decisions", "id"),
        sqlite_autoincrement=True,
    )
    _index("decisions", "subject")


def _public_keys() -> None:
    op.create_table(
        "public_keys",
        *_required(TEXT, "iri", "actor", "kind", "pem"),
        *_required(MOMENT, "fetched_at"),
        *_optional(MOMENT, "expires_at"),
        _key("public_keys", "iri"),
    )
    _index("public_keys", "actor")


TABLES = (_submissions, _featured, _reactions, _threads, _participations, _reports, _decisions, _public_keys)
