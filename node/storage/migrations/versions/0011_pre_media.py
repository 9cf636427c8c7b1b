"""Room for media."""

from __future__ import annotations

from node.errors import Invalid

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
