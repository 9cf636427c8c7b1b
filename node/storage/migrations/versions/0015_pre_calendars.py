"""What was looked up for somebody, who has not said yet whether to follow it or to put it into a calendar."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TEXT = sa.Text()
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "previews",
        sa.Column("id", BIG, sa.Identity(), primary_key=True),
        *(sa.Column(name, TEXT, nullable=False) for name in ("person", "kind", "address", "found")),
        sa.Column("at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_previews_person_at", "previews", ["person", "at"])


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
