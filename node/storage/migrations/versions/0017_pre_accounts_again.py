"""What coming in asks of those who look after a node."""

from __future__ import annotations

from node.errors import Invalid

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
