"""Room for what people bring along from before, until it is looked through; and for the town that somebody lives in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "bringings",
        *(
            sa.Column(name, TEXT, nullable=False)
            for name in ("id", "person", "community", "audience", "state", "addresses", "report", "language")
        ),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("done", "total", "takes_probable")),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("begun_at", "changed_at")),
        sa.PrimaryKeyConstraint("id", name="pk_bringings"),
    )
    op.create_index("ix_bringings_person", "bringings", ["person"])
    op.create_table(
        "brought",
        sa.Column("bringing", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("name", "format", "problem")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("bringing", "number", name="pk_brought"),
    )
    op.add_column("members", sa.Column("town", TEXT, nullable=False, server_default=""))


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
