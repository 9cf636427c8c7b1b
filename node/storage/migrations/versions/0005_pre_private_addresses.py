"""Private addresses of lists, which can be revoked."""

from __future__ import annotations

from node.errors import Invalid

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
