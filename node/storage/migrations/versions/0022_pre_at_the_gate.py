"""Who may see a thing, by its address and without its document; what of each kind a community has."""

from __future__ import annotations

from alembic import op

from node.errors import Invalid

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_GATE = ("iri", "audience", "deleted_at", "author", "community", "kind")


def upgrade() -> None:
    op.create_index("ix_things_community_kind_seq", "things", ["community", "kind", "seq"])
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_things_gate", "things", _GATE)


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
