"""Room for the addresses to which members write what they share, and for their letters until they are opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "letter_addresses",
        *(sa.Column(name, TEXT, nullable=False) for name in ("person", "digest", "community")),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("person", name="pk_letter_addresses"),
        sa.UniqueConstraint("digest", name="uq_letter_addresses_digest"),
    )
    op.create_table(
        "letters_in",
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("person", "mark")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("last_error", "state")),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("leased_by", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_letters_in"),
        sa.UniqueConstraint("person", "mark", name="uq_letters_in_person_mark"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letters_in_state_due_at", "letters_in", ["state", "due_at"])


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
