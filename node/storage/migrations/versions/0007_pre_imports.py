"""Imports that can be interrupted, and what was read where."""

from __future__ import annotations

from node.errors import Invalid

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
