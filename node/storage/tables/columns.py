"""The kinds of column every table uses, and the metadata they are declared in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, Dialect, Identity, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

#: Names of constraints are the same in both databases, so that migrations can speak of them.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


#: The largest number that a column of whole numbers takes.
LARGEST = 2**31 - 1

#: A moment in UTC as text, up to its microseconds.
LENGTH = len("2026-11-22T12:00:00.000000")


class Moment(TypeDecorator[datetime]):
    """A moment: in SQLite text of fixed width, which sorts as moments do; in PostgreSQL timestamptz. It comes out in UTC."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[str]:
        """The column type in this database."""
        if dialect.name == "postgresql":
            # imported here: see ground.insert
            from sqlalchemy.dialects.postgresql import TIMESTAMP  # noqa: PLC0415

            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(Text())

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], datetime | str | None]:
        """On the way in."""
        return _moment_in if dialect.name == "postgresql" else _moment_said

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[datetime | str | None], datetime | None]:  # noqa: ARG002
        """On the way out."""
        return _moment_out


class Words(TypeDecorator[str]):
    """A text from anywhere: what no database takes (NUL, half a surrogate pair) is replaced on the way in."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:  # noqa: ARG002
        """On the way in."""
        return sound


class Number(TypeDecorator[int]):
    """A number by which somebody asks: one that is too large for any row finds none, whatever database is asked."""

    impl = Integer
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[int | None], int | None]:  # noqa: ARG002
        """On the way in."""
        return _number_in


class Document(TypeDecorator[bytes]):
    """The bytes of a JSON document, kept as text that people can read in the database; comes out byte for byte."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[bytes | None], str | None]:  # noqa: ARG002
        """On the way in."""
        return _document_in

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], bytes | None]:  # noqa: ARG002
        """On the way out."""
        return _document_out


# The processors are given themselves, not as methods that the engine wraps: they are called ten times for each message.


def sound(value: str | None) -> str | None:
    """A text as databases take it."""
    if value is None or (value.isascii() and "\x00" not in value):
        return value
    return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _moment_in(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError("a moment without time zone cannot be stored")
    return None if value is None else value.astimezone(UTC)


def _moment_said(value: datetime | None) -> str | None:
    moment = _moment_in(value)
    return None if moment is None else f"{moment.isoformat(timespec='microseconds')[:LENGTH]}Z"


def _moment_out(value: datetime | str | None) -> datetime | None:
    if value is None:
        return None
    return value.astimezone(UTC) if isinstance(value, datetime) else datetime.fromisoformat(value)


def _number_in(value: int | None) -> int | None:
    return None if value is None else max(min(value, LARGEST), -LARGEST)


def _document_in(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8")


def _document_out(value: str | None) -> bytes | None:
    return None if value is None else value.encode("utf-8")


#: 64 bits in PostgreSQL, the rowid in SQLite.
BIG = BigInteger().with_variant(Integer(), "sqlite")


def number() -> Column[int]:
    """The id of a row: counts up, is never given twice."""
    return Column("id", BIG, Identity(), primary_key=True)


def words(name: str, *, default: str | None = "") -> Column[str]:
    """A text that is never null; without `default` it must be given."""
    return Column(name, Words(), nullable=False, default=default)


def moment(name: str, *, is_required: bool = False) -> Column[datetime]:
    """A moment, absent unless `is_required`."""
    return Column(name, Moment(), nullable=not is_required)


def lease_columns() -> tuple[Column[str], Column[datetime], Column[int], Column[datetime], Column[str]]:
    """state, due_at, attempts, leased_until, leased_by: what rows that wait for work have in common."""
    return (
        Column("state", Words(), nullable=False, default="due"),
        Column("due_at", Moment(), nullable=False),
        Column("attempts", Integer(), nullable=False, default=0),
        Column("leased_until", Moment(), nullable=True),
        Column("leased_by", Words(), nullable=True),
    )
