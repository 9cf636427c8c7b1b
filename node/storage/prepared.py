"""Statements put together once and then spoken to the driver itself: the same SQL for both databases, at the driver's speed.

The engine compiles, caches and wraps each statement at every use; for those that every message needs, that is most of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Dialect, exc
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault

Processor = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A statement in the words of one database: how values go in, by name or by place, and how columns come out."""

    text: str
    places: tuple[tuple[str, Processor | None], ...] | None
    fixed: Mapping[str, Any]
    inward: Mapping[str, Processor]
    names: tuple[str, ...]
    outward: tuple[tuple[str, Processor], ...]

    def given(self, values: Mapping[str, Any]) -> dict[str, Any] | list[Any]:
        """The values as the driver wants them."""
        whole = {**self.fixed, **values} if self.fixed else values
        if self.places is not None:
            return [whole[name] if processor is None else processor(whole[name]) for name, processor in self.places]
        return {**whole, **{name: processor(whole[name]) for name, processor in self.inward.items()}}

    def made(self, row: Sequence[Any]) -> dict[str, Any]:
        """A row by the names of its columns."""
        found = dict(zip(self.names, row, strict=True))
        for name, processor in self.outward:
            found[name] = processor(found[name])
        return found


@dataclass(slots=True, eq=False)
class Prepared:
    """One statement. `make` puts it together for a dialect (`sqlite`, `postgresql`), with a `bindparam` for each value given."""

    make: Callable[[str], ClauseElement]
    _spoken: dict[str, _Spoken] = field(default_factory=dict)

    def rows(self, connection: Connection, **values: object) -> list[dict[str, Any]]:
        """All rows of the answer, by the names of the columns."""
        spoken = self._in(connection.dialect)
        with _told(spoken.text):
            cursor = connection.connection.cursor()
            cursor.execute(spoken.text, spoken.given(values))
            found = cursor.fetchall()
            cursor.close()
        return [spoken.made(row) for row in found]

    def row(self, connection: Connection, **values: object) -> dict[str, Any] | None:
        """The first row of the answer, None when it is empty."""
        return next(iter(self.rows(connection, **values)), None)

    def texts(self, connection: Connection, **values: object) -> list[str]:
        """The first column of every row."""
        return [str(next(iter(row.values()))) for row in self.rows(connection, **values)]

    def number(self, connection: Connection, **values: object) -> int:
        """The one number that is the answer."""
        return next(int(value) for value in self.rows(connection, **values)[0].values())

    def run(self, connection: Connection, **values: object) -> int:
        """Executes a change; how many rows it touched."""
        return self.run_many(connection, [values])

    def run_many(self, connection: Connection, each: Iterable[Mapping[str, Any]]) -> int:
        """Executes a change once for each set of values; how many rows were touched in all."""
        spoken = self._in(connection.dialect)
        with _told(spoken.text):
            cursor = connection.connection.cursor()
            given: Any = [spoken.given(values) for values in each]
            cursor.executemany(spoken.text, given)
            touched = int(cursor.rowcount)
            cursor.close()
        return touched

    def _in(self, dialect: Dialect) -> _Spoken:
        spoken = self._spoken.get(dialect.name)
        if spoken is None:
            spoken = self._spoken[dialect.name] = _compiled(self.make(dialect.name), dialect)
        return spoken


class _told:  # noqa: N801 -- used as a function
    """Failures of the driver become those of the engine, which storage.failures puts into words."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, failure: BaseException | None, trace: object) -> None:
        if isinstance(failure, Exception) and not isinstance(failure, exc.SQLAlchemyError | TypeError | KeyError | ValueError):
            raise _wrapped(self._text, failure) from failure


def _wrapped(text: str, failure: Exception) -> exc.DBAPIError:
    named = {kind.__name__ for kind in type(failure).__mro__}
    known = (kind for kind in (exc.IntegrityError, exc.OperationalError) if kind.__name__ in named)
    return next(known, exc.DBAPIError)(text, None, failure)


def _compiled(statement: ClauseElement, dialect: Dialect) -> _Spoken:
    compiled = statement.compile(dialect=dialect)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("Only statements about rows are prepared.")
    said = str(compiled)
    places = tuple(compiled.positiontup) if compiled.positional and compiled.positiontup is not None else None
    defaults = {
        column.key: column.default.arg
        for column in compiled.insert_prefetch
        if isinstance(column.default, ScalarElementColumnDefault)
    }
    fixed: dict[str, Any] = {}
    inward: dict[str, Processor] = {}
    for name, bound in compiled.binds.items():
        if name not in places if places is not None else f"%({name})s" not in said:
            continue
        processor = bound.type.dialect_impl(dialect).bind_processor(dialect)
        if not bound.required:
            value = defaults.get(name, bound.effective_value)
            fixed[name] = value if processor is None else processor(value)
        elif processor is not None:
            inward[name] = processor
    columns = _columns(statement)
    outward = ((column.key, column.type.dialect_impl(dialect).result_processor(dialect, None)) for column in columns)
    return _Spoken(
        text=said,
        places=None if places is None else tuple((name, inward.get(name)) for name in places),
        fixed=fixed,
        inward=inward,
        names=tuple(column.key for column in columns),
        outward=tuple((name, processor) for name, processor in outward if processor is not None),
    )


def _columns(statement: ClauseElement) -> tuple[Any, ...]:
    """The columns of the answer: those selected, or those that a change gives back."""
    selected = getattr(statement, "selected_columns", None)
    if selected is not None:
        return tuple(selected)
    return tuple(getattr(statement, "_returning", ()))
