"""Answers that wait for a look, and whom a person does not want to read."""

from __future__ import annotations

from node.errors import Invalid

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
