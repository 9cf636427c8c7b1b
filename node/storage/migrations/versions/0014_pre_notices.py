"""Notices, rules, exchanges about a thing, and what moderation and the law on personal information ask to be written down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TEXT = sa.Text()
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    _notices()
    _rules()
    _moderation()
    op.create_table(
        "discussions", _text("thing"), _text("about"), sa.PrimaryKeyConstraint("thing", "about", name="pk_discussions")
    )
    op.create_index("ix_discussions_about", "discussions", ["about"])


def _notices() -> None:
    names = ("person", "kind", "iri", "conversation", "by", "community")
    _numbered("notices", *_texts(*names), _moment("at"), *_moments("seen_at", "told_at"))
    op.create_index("ix_notices_person_at", "notices", ["person", "at"])
    op.create_index("ix_notices_iri", "notices", ["iri"])
    key = sa.PrimaryKeyConstraint("person", "subject", name="pk_mutes")
    op.create_table("mutes", *_texts("person", "subject"), _moment("at"), key)
    key = sa.PrimaryKeyConstraint("person", name="pk_notice_habits")
    weekday = sa.Column("weekday", sa.Integer(), nullable=False)
    op.create_table("notice_habits", *_texts("person", "rhythm"), weekday, *_moments("told_at"), key)


def _rules() -> None:
    version = sa.Column("version", sa.Integer(), nullable=False)
    once = sa.UniqueConstraint("community", "version", name="uq_rules_community_version")
    _numbered("rules", *_texts("community", "text", "mode", "comment", "by"), version, _moment("at"), once)
    version = sa.Column("version", sa.Integer(), nullable=False)
    _numbered("consents", *_texts("person", "subject"), version, _moment("at"), *_moments("ended_at"))
    op.create_index("ix_consents_person", "consents", ["person"])
    op.create_index("ix_consents_subject", "consents", ["subject"])


def _moderation() -> None:
    _numbered("restraints", *_texts("person", "community", "kind", "reason", "by"), _moment("at"), *_moments("until", "ended_at"))
    op.create_index("ix_restraints_person", "restraints", ["person"])
    decision = sa.Column("decision", BIG, nullable=False)
    _numbered("appeals", decision, *_texts("by", "text", "answered_by", "answer"), _moment("at"), *_moments("answered_at"))
    op.create_index("ix_appeals_decision", "appeals", ["decision"])
    moments = _moment("happened_at"), _moment("noticed_at"), *_moments("closed_at")
    _numbered("incidents", *moments, *_texts("nature", "people", "harm", "measures", "told", "by"), _truth("is_serious"))
    _numbered("erasures", _moment("at"), _truth("is_authorship_kept"), _text("activities"))
    for table, names in (("reports", ("community", "category")), ("decisions", ("community", "affected"))):
        for name in names:
            op.add_column(table, sa.Column(name, TEXT, nullable=False, server_default=""))


def _numbered(name: str, *columns: sa.schema.SchemaItem) -> None:
    number = sa.Column("id", BIG, sa.Identity(), nullable=False)
    op.create_table(name, number, *columns, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"), sqlite_autoincrement=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(_text(name) for name in names)


def _truth(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _moment(name: str) -> sa.Column[str]:
    return sa.Column(name, MOMENT, nullable=False)


def _moments(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, MOMENT, nullable=True) for name in names)


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
