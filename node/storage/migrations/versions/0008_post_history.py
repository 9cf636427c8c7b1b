"""How far back a history reaches is read from what is here."""

from __future__ import annotations

from alembic import op

from node.errors import Invalid

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("followings", "history_until")


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
