"""Room for accounts: how people come in, from where they are signed in, and what they say of themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from node.errors import Invalid

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXT = sa.Text()
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")

_ADDED = {"sessions": ("way", "device"), "tokens": ("content",), "members": ("languages", "helps")}


def upgrade() -> None:
    for table, names in _ADDED.items():
        for name in names:
            op.add_column(table, sa.Column(name, TEXT, nullable=False, server_default=""))
    uses = sa.Column("uses", BIG, nullable=False)
    _table("passkeys", ("id",), *_texts("id", "person", "public_key", "name"), uses, _moment("created_at"), *_absent("used_at"))
    step = sa.Column("step", BIG, nullable=False)
    _table("second_factors", ("person",), *_texts("person", "secret"), step, _moment("since"))
    _table("recovery_codes", ("digest",), *_texts("digest", "person"), *_absent("used_at"))
    number = sa.Column("id", BIG, sa.Identity(), nullable=False)
    _table("guesses", ("id",), number, *_texts("subject"), _moment("at"), sqlite_autoincrement=True)
    names = ("slug", "name", "issuer", "client", "secret", "document")
    _table("providers", ("slug",), *_texts(*names), *_absent("looked_at"))
    _table("identities", ("issuer", "subject"), *_texts("issuer", "subject", "person"), _moment("since"))
    for table in ("passkeys", "recovery_codes", "identities"):
        op.create_index(f"ix_{table}_person", table, ["person"])
    op.create_index("ix_guesses_subject_at", "guesses", ["subject", "at"])


def _table(name: str, key: tuple[str, ...], *columns: sa.schema.SchemaItem, sqlite_autoincrement: bool = False) -> None:
    primary = sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")
    op.create_table(name, *columns, primary, sqlite_autoincrement=sqlite_autoincrement)


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, TEXT, nullable=False) for name in names)


def _moment(name: str) -> sa.Column[str]:
    return sa.Column(name, MOMENT, nullable=False)


def _absent(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, MOMENT, nullable=True) for name in names)


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
