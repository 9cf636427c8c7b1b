"""What searches look at of each thing, together; the words of titles; searches that people keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid
from node.storage.words import forms

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TEXT = sa.Text()
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")
_NARROW = (
    "seq", "audience", "author", "community", "deleted_at", "kind", "host", "language", "license", "published_at", "updated_at",
    "stored_at", "iri",
)  # fmt: skip
_PORTION = 5_000


def upgrade() -> None:
    columns = sa.Column("word", TEXT, nullable=False), sa.Column("seq", BIG, nullable=False, autoincrement=False)
    key = sa.PrimaryKeyConstraint("word", "seq", name="pk_title_words")
    title_words = op.create_table("title_words", *columns, key, sqlite_with_rowid=False)
    op.create_index("ix_title_words_seq", "title_words", ["seq"])
    texts = [sa.Column(name, TEXT, nullable=False) for name in ("property", "text")]
    seq = sa.Column("seq", BIG, nullable=False, autoincrement=False)
    key = sa.PrimaryKeyConstraint("property", "text", "seq", name="pk_choices")
    op.create_table("choices", *texts, seq, key, sqlite_with_rowid=False)
    op.create_index("ix_choices_seq", "choices", ["seq"])
    op.execute(
        "INSERT INTO choices (property, text, seq) SELECT DISTINCT facets.property, facets.text, things.seq FROM facets "
        "JOIN things ON things.iri = facets.thing WHERE facets.property IN ('topic', 'territory') AND facets.text IS NOT NULL "
        "AND things.deleted_at IS NULL"
    )
    key = sa.PrimaryKeyConstraint("id", name="pk_saved_searches")
    number = sa.Column("id", BIG, sa.Identity(), nullable=False)
    required = [sa.Column(name, TEXT, nullable=False) for name in ("person", "name", "query")]
    seen = sa.Column("seen", BIG, nullable=False)
    since = sa.Column("since", MOMENT, nullable=False)
    op.create_table("saved_searches", number, *required, seen, since, key, sqlite_autoincrement=True)
    op.create_index("ix_saved_searches_person", "saved_searches", ["person"])
    dated = sa.text("moment IS NOT NULL")
    op.create_index("ix_facets_property_moment", "facets", ["property", "moment"], sqlite_where=dated)
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_things_narrow", "things", _NARROW)
        op.execute("CREATE VIRTUAL TABLE search_index_terms USING fts5vocab('search_index', 'row')")
    _fill(title_words)


def _fill(title_words: sa.Table) -> None:
    things = sa.table("things", sa.column("seq", BIG), sa.column("name", TEXT), sa.column("deleted_at", TEXT))
    last = 0
    while True:
        named = sa.select(things.c.seq, things.c.name).where(things.c.seq > last, things.c.deleted_at.is_(None))
        found = op.get_bind().execute(named.order_by(things.c.seq).limit(_PORTION)).all()
        if not found:
            return
        rows = [{"word": word, "seq": seq} for seq, name in found for word in sorted(set(forms(name)))]
        if rows:
            op.bulk_insert(title_words, rows)
        last = found[-1].seq


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
