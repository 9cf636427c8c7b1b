"""Many rows named in one value: a statement that changes a hundred alike is spoken once, and gives way to other threads once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import JSON, BigInteger, Select, Text, bindparam, cast, func, select


def numbers(name: str, dialect: str) -> Select[tuple[int]]:
    """The numbers in the value `name` of a statement, as `listed` writes them: for `column.in_(…)`."""
    given = bindparam(name, type_=Text(), required=True)
    if dialect == "postgresql":
        each = func.json_array_elements_text(cast(given, JSON)).table_valued("value")
    else:
        each = func.json_each(given).table_valued("value")
    return select(cast(each.c.value, BigInteger))


def listed(given: Iterable[Any]) -> str:
    """Numbers as one value of a statement."""
    return orjson.dumps(list(given)).decode()
