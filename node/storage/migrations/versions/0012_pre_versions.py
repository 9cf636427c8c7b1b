"""What things said before, and which version of a thing each person here has read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "versions",
        sa.Column("thing", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=True),
        *(sa.Column(name, TEXT, nullable=False) for name in ("by", "comment", "audience", "community", "readers")),
        sa.PrimaryKeyConstraint("thing", "number", name="pk_versions"),
    )
    op.create_table(
        "version_visits",
        sa.Column("person", TEXT, nullable=False),
        sa.Column("thing", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("person", "thing", name="pk_version_visits"),
    )
    op.create_index("ix_version_visits_thing", "version_visits", ["thing"])


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
