"""Sites that are followed by their feed."""

from __future__ import annotations

from node.errors import Invalid

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
