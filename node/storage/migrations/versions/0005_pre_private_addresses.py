"""Private addresses of lists, which can be revoked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "private_addresses",
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("digest", "person", "list", "name")),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_private_addresses"),
        sa.UniqueConstraint("digest", name="uq_private_addresses_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_private_addresses_person", "private_addresses", ["person"])


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
