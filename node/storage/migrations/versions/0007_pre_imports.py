"""What came of each part of what was imported, in a table of its own; what was remembered so far moves there."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")
_BEFORE = "import:"


def upgrade() -> None:
    required = [sa.Column(name, TEXT, nullable=False) for name in ("mark", "source", "thing", "digest", "document")]
    key = sa.PrimaryKeyConstraint("mark", name="pk_imports")
    imports = op.create_table("imports", *required, sa.Column("at", MOMENT, nullable=True), key)
    op.create_index("ix_imports_thing", "imports", ["thing"])
    state = sa.table("state", sa.column("key", TEXT), sa.column("value", TEXT))
    known = op.get_bind().execute(sa.select(state).where(state.c.key.startswith(_BEFORE))).all()
    moved = [(key.removeprefix(_BEFORE), *json.loads(value)) for key, value in known]
    rows = [{"mark": mark, "source": "", "thing": thing, "digest": digest, "document": ""} for mark, thing, digest in moved]
    if rows:
        op.bulk_insert(imports, rows)
    op.execute(sa.delete(state).where(state.c.key.startswith(_BEFORE)))


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
