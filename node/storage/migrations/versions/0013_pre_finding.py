"""Room for finding."""

from __future__ import annotations

from node.errors import Invalid

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
