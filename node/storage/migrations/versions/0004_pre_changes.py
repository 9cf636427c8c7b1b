"""What changed, in order: the log that harvesters read."""

from __future__ import annotations

from node.errors import Invalid

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
