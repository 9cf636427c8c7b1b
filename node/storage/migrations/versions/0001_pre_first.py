"""The first schema: things, people, links."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")
TRUTH = sa.Boolean()
FLOAT = sa.Float()
COUNT = sa.Integer()
BYTES = sa.LargeBinary()
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SEARCH = {
    "sqlite": (
        """
        CREATE VIRTUAL TABLE search_index USING fts5(
            title, summary, topics, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0'
        )
        """,
    ),
    "postgresql": (
        "CREATE TABLE search_index (seq bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX ix_search_index_words ON search_index USING gin (words)",
    ),
}


def upgrade() -> None:
    for make in TABLES:
        make()
    for statement in SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    raise Invalid("There is nothing before the first schema.")


def _required(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _optional(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=True) for name in names]


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, BIG, sa.Identity(), nullable=False)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _things() -> None:
    op.create_table(
        "things",
        _number("seq"),
        *_required(TEXT, "iri", "type", "kind", "document", "host"),
        *_required(TRUTH, "is_local"),
        *_required(TEXT, "author", "community", "audience", "name", "summary", "language", "license"),
        *_optional(MOMENT, "published_at", "updated_at", "stored_at", "deleted_at"),
        sa.PrimaryKeyConstraint("seq", name="pk_things"),
        sa.UniqueConstraint("iri", name="uq_things_iri"),
        sqlite_autoincrement=True,
    )
    _index("things", "author", "seq")
    _index("things", "community", "seq")
    _index("things", "kind", "seq")


def _thing_readers() -> None:
    op.create_table(
        "thing_readers",
        *_required(TEXT, "thing", "reader"),
        sa.PrimaryKeyConstraint("thing", "reader", name="pk_thing_readers"),
        sa.ForeignKeyConstraint(["thing"], ["things.iri"], name="fk_thing_readers_thing"),
    )
    _index("thing_readers", "reader")


def _facets() -> None:
    op.create_table(
        "facets",
        *_required(TEXT, "thing", "property"),
        *_optional(TEXT, "text"),
        *_optional(FLOAT, "number"),
        *_optional(MOMENT, "moment"),
        sa.ForeignKeyConstraint(["thing"], ["things.iri"], name="fk_facets_thing"),
    )
    _index("facets", "property", "text")
    _index("facets", "thing")


def _recipients() -> None:
    op.create_table(
        "recipients",
        *_required(TEXT, "thing", "inbox"),
        sa.PrimaryKeyConstraint("thing", "inbox", name="pk_recipients"),
    )


def _holdings() -> None:
    op.create_table(
        "holdings",
        *_required(TEXT, "community", "thing", "mode"),
        *_required(MOMENT, "since"),
        *_required(TEXT, "activity"),
        sa.PrimaryKeyConstraint("community", "thing", name="pk_holdings"),
    )
    _index("holdings", "community", "since", "thing")
    _index("holdings", "thing")


def _labels() -> None:
    op.create_table(
        "labels",
        *_required(TEXT, "concept", "stems"),
        *_required(TRUTH, "is_whole"),
        sa.PrimaryKeyConstraint("concept", "stems", "is_whole", name="pk_labels"),
    )
    _index("labels", "stems", "is_whole")


def _actors() -> None:
    op.create_table(
        "actors",
        *_required(TEXT, "iri", "type", "kind", "document", "name", "username", "host"),
        *_required(TRUTH, "is_local"),
        *_required(TEXT, "inbox", "shared_inbox", "followers", "outbox", "repertoire", "key_id", "key_pem", "state"),
        *_optional(MOMENT, "fetched_at", "created_at"),
        sa.PrimaryKeyConstraint("iri", name="pk_actors"),
    )
    _index("actors", "key_id")
    _index("actors", "type")
    _index("actors", "username")


def _keys() -> None:
    op.create_table(
        "keys",
        *_required(TEXT, "iri", "actor", "kind", "pem"),
        *_required(MOMENT, "created_at"),
        sa.PrimaryKeyConstraint("iri", name="pk_keys"),
    )
    _index("keys", "actor")


def _followings() -> None:
    op.create_table(
        "followings",
        _number("id"),
        *_required(TEXT, "follower", "target", "activity", "state"),
        *_required(MOMENT, "requested_at"),
        *_optional(MOMENT, "answered_at", "ended_at"),
        *_required(TEXT, "note"),
        *_optional(MOMENT, "synced_at"),
        sa.PrimaryKeyConstraint("id", name="pk_followings"),
        sa.UniqueConstraint("follower", "target", name="uq_followings_follower_target"),
        sqlite_autoincrement=True,
    )
    _index("followings", "activity")
    _index("followings", "target")


def _peers() -> None:
    op.create_table(
        "peers",
        *_required(TEXT, "host", "state", "software", "note"),
        *_optional(MOMENT, "first_seen_at", "last_in_at", "last_out_at"),
        *_required(TEXT, "last_error"),
        *_optional(MOMENT, "last_error_at"),
        *_required(COUNT, "failures"),
        *_optional(MOMENT, "failing_since", "next_try_at"),
        sa.PrimaryKeyConstraint("host", name="pk_peers"),
    )
    _index("peers", "state")


def _members() -> None:
    op.create_table(
        "members",
        *_required(TEXT, "iri", "email", "name", "password_hash", "language"),
        *_optional(MOMENT, "created_at"),
        sa.PrimaryKeyConstraint("iri", name="pk_members"),
        sa.UniqueConstraint("email", name="uq_members_email"),
    )


def _memberships() -> None:
    op.create_table(
        "memberships",
        _number("id"),
        *_required(TEXT, "person", "community", "role"),
        *_required(MOMENT, "since"),
        *_optional(MOMENT, "until"),
        *_required(TRUTH, "consent"),
        *_required(TEXT, "iri"),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
        sqlite_autoincrement=True,
    )
    _index("memberships", "community")
    _index("memberships", "person")


def _mappings() -> None:
    op.create_table(
        "mappings",
        *_required(TEXT, "thing", "subject", "relation", "object"),
        *_required(FLOAT, "confidence"),
        *_required(TEXT, "state", "author"),
        sa.PrimaryKeyConstraint("thing", name="pk_mappings"),
    )
    _index("mappings", "object")
    _index("mappings", "subject")


TABLES = (
    _things,
    _thing_readers,
    _facets,
    _recipients,
    _holdings,
    _labels,
    _actors,
    _keys,
    _followings,
    _peers,
    _members,
    _memberships,
    _mappings,
)
