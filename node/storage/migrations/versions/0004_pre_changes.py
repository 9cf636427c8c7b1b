"""What changed, in order: the log that harvesters read. It begins with what is public already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("thing", "deed", "kind", "digest")),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.UniqueConstraint("thing", name="uq_changes_thing"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_changes_at", "changes", ["at"])
    op.create_table(
        "change_sets",
        *(sa.Column(name, TEXT, nullable=False) for name in ("thing", "community")),
        sa.Column("change", BIG, nullable=False),
        sa.PrimaryKeyConstraint("thing", "community", name="pk_change_sets"),
    )
    op.create_index("ix_change_sets_community_change", "change_sets", ["community", "change"])
    op.create_table(
        "marks",
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("thing", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_marks"),
        sqlite_autoincrement=True,
    )
    for statement in (LOG, SETS):
        op.execute(statement)


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")


#: Without a digest: whatever of it is written next counts as a change.
LOG = """
INSERT INTO changes (thing, deed, kind, digest, at)
SELECT iri, deed, kind, digest, at FROM (
  SELECT iri, CASE WHEN deleted_at IS NULL THEN 'create' ELSE 'delete' END AS deed, kind,
    CASE WHEN deleted_at IS NULL THEN '-' ELSE '' END AS digest,
    COALESCE(deleted_at, stored_at, updated_at, published_at) AS at
  FROM things WHERE is_local AND audience = 'public'
  UNION ALL
  SELECT iri, 'create', kind, '-', COALESCE(fetched_at, created_at)
  FROM actors WHERE is_local AND state = 'active' AND type IN ('Group', 'Organization')
) AS shown WHERE at IS NOT NULL ORDER BY at, iri
"""

#: A tombstone is held by nobody, and the community that it was in is kept with it.
SETS = """
INSERT INTO change_sets (thing, community, change)
SELECT DISTINCT held.thing, held.community, changes.id FROM (
  SELECT thing, community FROM holdings
  UNION SELECT iri, community FROM things WHERE deleted_at IS NOT NULL
) AS held
JOIN changes ON changes.thing = held.thing JOIN actors ON actors.iri = held.community WHERE actors.is_local
"""
