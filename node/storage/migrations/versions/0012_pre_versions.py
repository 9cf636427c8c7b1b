"""Room for versions."""

from __future__ import annotations

from node.errors import Invalid

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
