"""The first schema, continued: what comes in, what goes out, what waits."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")
TRUTH = sa.Boolean()
FLOAT = sa.Float()
COUNT = sa.Integer()
BYTES = sa.LargeBinary()
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for make in TABLES:
        make()


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


def _inbox() -> None:
    op.create_table(
        "inbox",
        _number("id"),
        *_required(TEXT, "activity", "actor", "type"),
        *_required(BYTES, "body"),
        *_required(TEXT, "key_id"),
        *_optional(TEXT, "recipient"),
        *_required(MOMENT, "received_at"),
        *_required(TEXT, "state"),
        *_required(MOMENT, "due_at"),
        *_required(COUNT, "attempts"),
        *_optional(MOMENT, "leased_until"),
        *_optional(TEXT, "leased_by"),
        *_required(COUNT, "crashes"),
        *_required(TEXT, "reason"),
        *_optional(MOMENT, "done_at"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("activity", name="uq_inbox_activity"),
        sqlite_autoincrement=True,
    )
    _index("inbox", "state", "due_at")


def _refusals() -> None:
    op.create_table(
        "refusals",
        _number("id"),
        *_required(MOMENT, "at"),
        *_required(COUNT, "status"),
        *_required(TEXT, "reason", "host", "actor", "activity"),
        *_required(BYTES, "excerpt"),
        sa.PrimaryKeyConstraint("id", name="pk_refusals"),
        sqlite_autoincrement=True,
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        _number("seq"),
        *_required(TEXT, "iri", "actor", "type", "object", "document", "audience"),
        *_required(MOMENT, "published_at"),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("iri", name="uq_outbox_iri"),
        sqlite_autoincrement=True,
    )
    _index("outbox", "actor", "seq")
    _index("outbox", "object")


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        _number("id"),
        *_required(TEXT, "activity", "object", "sender", "inbox", "host", "state"),
        *_required(MOMENT, "due_at"),
        *_required(COUNT, "attempts"),
        *_optional(MOMENT, "leased_until"),
        *_optional(TEXT, "leased_by"),
        *_optional(COUNT, "last_status"),
        *_required(TEXT, "last_error"),
        *_required(MOMENT, "created_at"),
        *_optional(MOMENT, "done_at"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["activity"], ["outbox.iri"], name="fk_deliveries_activity"),
        sqlite_autoincrement=True,
    )
    _index("deliveries", "activity", "inbox")
    _index("deliveries", "host", "state", "due_at")
    _index("deliveries", "object", "host", "state")
    _index("deliveries", "state", "due_at")


def _tasks() -> None:
    op.create_table(
        "tasks",
        _number("id"),
        *_required(TEXT, "kind", "subject", "payload", "state"),
        *_required(MOMENT, "due_at"),
        *_required(COUNT, "attempts"),
        *_optional(MOMENT, "leased_until"),
        *_optional(TEXT, "leased_by"),
        *_required(TRUTH, "is_woken"),
        *_required(TEXT, "last_error"),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.UniqueConstraint("kind", "subject", name="uq_tasks_kind_subject"),
        sqlite_autoincrement=True,
    )
    _index("tasks", "kind", "state", "due_at")


def _intersections() -> None:
    op.create_table(
        "intersections",
        *_required(TEXT, "iri", "left", "right"),
        *_required(FLOAT, "strength"),
        *_required(TEXT, "document"),
        *_required(MOMENT, "computed_at"),
        *_required(TEXT, "phase"),
        sa.PrimaryKeyConstraint("iri", name="pk_intersections"),
    )
    _index("intersections", "left")
    _index("intersections", "right")


def _sessions() -> None:
    op.create_table(
        "sessions",
        *_required(TEXT, "digest", "person"),
        *_required(MOMENT, "opened_at", "seen_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
    )
    _index("sessions", "person")


def _tokens() -> None:
    op.create_table(
        "tokens",
        *_required(TEXT, "digest", "kind", "person"),
        *_required(MOMENT, "expires_at"),
        *_optional(MOMENT, "used_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_tokens"),
    )


def _state() -> None:
    op.create_table(
        "state",
        *_required(TEXT, "key", "value"),
        sa.PrimaryKeyConstraint("key", name="pk_state"),
    )


TABLES = (_inbox, _refusals, _outbox, _deliveries, _tasks, _intersections, _sessions, _tokens, _state)
