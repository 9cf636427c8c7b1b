"""What the bytes of a file are since they were cleaned under the address they had; on PostgreSQL, bytes given in pieces."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from node.errors import Invalid

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("media", sa.Column("sum", sa.Text(), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "postgresql":
        # a piece of what lies there as it is is read alone; what was packed is unpacked from its beginning
        op.execute("ALTER TABLE media ALTER COLUMN content SET STORAGE EXTERNAL")


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
