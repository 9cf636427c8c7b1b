"""Many rows named in one value: a statement about a hundred alike is put together and spoken once, however many they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import BigInteger, Select, Text, bindparam, cast, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from node.storage.tables.columns import sound


class _EachOf(FunctionElement[Any]):
    """What a list in JSON holds, a row for each."""

    inherit_cache = True


@compiles(_EachOf)
def _each_in_sqlite(each: _EachOf, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- as SQLAlchemy gives them
    return f"json_each({compiler.process(each.clauses, **options)})"


@compiles(_EachOf, "postgresql")
def _each_in_postgresql(each: _EachOf, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- as above
    return f"json_array_elements_text(CAST({compiler.process(each.clauses, **options)} AS JSON))"


def numbers(name: str) -> Select[tuple[int]]:
    """The numbers in the value `name` of a statement, as `listed` writes them: for `column.in_(…)`."""
    return select(cast(_each(name), BigInteger))


def texts(name: str) -> Select[tuple[str]]:
    """The texts in the value `name` of a statement, as `listed` writes them."""
    return select(cast(_each(name), Text))


def listed(given: Iterable[Any]) -> str:
    """Numbers, or texts, as one value of a statement."""
    return orjson.dumps([sound(each) if isinstance(each, str) else each for each in given]).decode()


def _each(name: str) -> Any:  # noqa: ANN401 -- a column of a table that a function makes
    return _EachOf(bindparam(name, type_=Text(), required=True)).table_valued("value").c.value
