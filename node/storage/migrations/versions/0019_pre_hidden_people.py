"""Whom a person does not want to read: their words are folded away for that person alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "hidden_people",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", "subject", name="pk_hidden_people"),
    )


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
