"""What every shelf stands on: one connection inside one transaction, and what must happen before it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, RowMapping, Table, bindparam
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import Executable

from node.storage.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

#: Due since ever: the moment of a task that is woken without saying when.
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)

T = TypeVar("T")


def made(kind: type[T], row: RowMapping | Mapping[str, Any]) -> T:
    """A value of a dataclass from the columns named as its fields."""
    return kind(**{name: row[name] for name in _names(kind)})  # type: ignore[arg-type]  # a class is hashable


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


def insert(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT, for a database of that dialect."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    # imported here: it brings every driver along, a fifth of what SQLAlchemy takes to start
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)


@cache
def _upserted(table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> Prepared:
    """The statement of an upsert of these columns; what else the table needs has its default."""

    def make(dialect: str) -> sqlite.Insert | postgresql.Insert:
        added = insert(table, dialect).values({name: bindparam(name, type_=table.c[name].type) for name in names})
        changed = {name: added.excluded[name] for name in names if name not in key}
        return added.on_conflict_do_update(index_elements=list(key), set_=changed).inline()

    return Prepared(make)


class Shelf:
    """One set of rows, reached within one transaction."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground


@dataclass(slots=True, kw_only=True)
class Ground:
    """One transaction. `wakes` are the (kind, subject) of tasks to wake when the deed ends.

    They wait for the end so that the rows of much-woken tasks are locked last, in order, and briefly. `is_unsettling`: it changes
    who may write here, or with which key, so that what is remembered of that is void (Database.recall); `known` is what was
    looked up in this transaction, of that and of things; `unwritten` are the rows of the full-text index that are not there yet.
    `marked` are the things and actors that were written, `touched` those of ours among them, each with its moment.
    """

    connection: Connection
    wakes: set[tuple[str, str]] = field(default_factory=set)
    is_unsettling: bool = False
    known: dict[tuple[str, str], Any] = field(default_factory=dict)
    unwritten: dict[int, dict[str, Any]] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)
    touched: dict[str, datetime] = field(default_factory=dict)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.connection.dialect.name

    def unsettle(self) -> None:
        """Says that this changes who may write here, or with which key."""
        self.is_unsettling = True
        self.known.clear()

    def touch(self, iri: str, at: datetime | None) -> None:
        """Says that something of ours may have changed at a moment."""
        self.marked.add(iri)
        self.touched[iri] = max(at or ALWAYS, self.touched.get(iri, ALWAYS))

    def rows(self, statement: Executable) -> Sequence[RowMapping]:
        """All rows of an answer."""
        return self.connection.execute(statement).mappings().all()

    def row(self, statement: Executable) -> RowMapping | None:
        """The first row of an answer, None when it is empty."""
        return self.connection.execute(statement).mappings().first()

    def number(self, statement: Executable) -> int:
        """The one number that is the answer."""
        return int(self.connection.execute(statement).scalar_one())

    def texts(self, statement: Executable) -> list[str]:
        """The first column of every row."""
        return [str(text) for text in self.connection.execute(statement).scalars()]

    def run(self, statement: Executable) -> int:
        """Executes a change; how many rows it touched."""
        return self.connection.execute(statement).rowcount

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that can say ON CONFLICT, in the dialect of this database."""
        return insert(table, self.dialect)

    def upsert(self, table: Table, key: Sequence[str], values: Mapping[str, Any]) -> None:
        """Inserts a row, or replaces these values of the row that has the same key."""
        _upserted(table, tuple(key), tuple(values)).run(self.connection, **values)
