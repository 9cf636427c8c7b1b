"""In which language people read their pages; and sessions that get another id when what their owner may do changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")

_ADDED = {"members": ("tongue",), "sessions": ("rights", "former")}


def upgrade() -> None:
    for table, names in _ADDED.items():
        for name in names:
            op.add_column(table, sa.Column(name, TEXT, nullable=False, server_default=""))
    op.add_column("sessions", sa.Column("ends_at", MOMENT, nullable=True))


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
