"""Sites that are followed by their feed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")
WORDS = ("iri", "address", "format", "title", "summary", "site", "state", "etag", "modified", "trouble", "error")


def upgrade() -> None:
    op.create_table(
        "feeds",
        *(sa.Column(name, TEXT, nullable=False) for name in WORDS),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("is_barred", sa.Boolean(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("looked_at", "changed_at", "next_at", "robots_at")),
        sa.PrimaryKeyConstraint("iri", name="pk_feeds"),
    )
    op.create_table(
        "feed_followers",
        sa.Column("feed", TEXT, nullable=False),
        sa.Column("community", TEXT, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("feed", "community", name="pk_feed_followers"),
    )
    op.create_index("ix_feed_followers_community", "feed_followers", ["community"])


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
