"""The strongest intersections are found without their documents."""

from __future__ import annotations

from alembic import op

from node.errors import Invalid

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_intersections_strength_iri", "intersections", ["strength", "iri"])


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
