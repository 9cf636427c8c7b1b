"""What people agreed on with other servers, whom to write to there, and who may receive what a community publishes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column("peers", sa.Column("contact", TEXT, nullable=False, server_default=""))
    op.create_table(
        "agreements",
        *(sa.Column(name, TEXT, nullable=False) for name in ("host", "why", "contacts", "charter", "by")),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("agreed_at", "review_at", "told_at")),
        sa.PrimaryKeyConstraint("host", name="pk_agreements"),
    )
    op.create_table(
        "welcomes",
        *(sa.Column(name, TEXT, nullable=False) for name in ("community", "follower", "by")),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("community", "follower", name="pk_welcomes"),
    )


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
