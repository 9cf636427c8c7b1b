"""Room for files, drafts, and what waits to be completed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "media",
        *(sa.Column(name, TEXT, nullable=False) for name in ("digest", "media_type", "extension")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("size", "width", "height")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_media"),
    )
    op.create_table(
        "media_keepers",
        *(sa.Column(name, TEXT, nullable=False) for name in ("digest", "person", "name", "description")),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", "person", name="pk_media_keepers"),
    )
    op.create_index("ix_media_keepers_person", "media_keepers", ["person"])
    op.create_table(
        "media_uses",
        *(sa.Column(name, TEXT, nullable=False) for name in ("digest", "thing")),
        sa.PrimaryKeyConstraint("digest", "thing", name="pk_media_uses"),
    )
    op.create_index("ix_media_uses_thing", "media_uses", ["thing"])
    op.create_table(
        "drafts",
        sa.Column("person", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("about", "document")),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("begun_at", "changed_at")),
        sa.PrimaryKeyConstraint("person", "number", name="pk_drafts"),
    )
    op.create_table(
        "unfinished",
        sa.Column("thing", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("thing", name="pk_unfinished"),
    )


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
