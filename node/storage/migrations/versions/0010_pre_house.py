"""Letters that wait to be sent, and invitations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INVITATION = ("digest", "community", "email", "role", "language", "by", "state", "person", "event", "answer")
LETTER = ("recipient", "subject", "text", "language", "kind", "calendar", "reply_to", "stop", "last_error", "state")


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in LETTER),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("until", "done_at", "leased_until")),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letters_state_due_at", "letters", ["state", "due_at"])
    op.create_table(
        "invitations",
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in INVITATION),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("sent_at", "expires_at")),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("digest", name="uq_invitations_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitations_community_state", "invitations", ["community", "state"])


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
