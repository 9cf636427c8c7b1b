"""How far somebody was told of what a search that they keep finds; the strongest intersections without their documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from node.errors import Invalid

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_index("ix_intersections_strength_iri", "intersections", ["strength", "iri"])
    op.add_column("saved_searches", sa.Column("told", BIG, nullable=False, server_default="0"))
    op.execute("UPDATE saved_searches SET told = seen")


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
