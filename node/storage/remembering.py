"""Keeps what takes long to work out, for as long as the rows it was made of cannot have changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy import text

from node.storage.ground import Ground

T = TypeVar("T")

#: How many results one connection keeps.
KEPT = 128


def remembered(ground: Ground, key: Hashable, stamp: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, or gave on this connection under the same stamp."""
    kept: dict[Hashable, tuple[Hashable, T]] = ground.connection.info.setdefault("remembered", {})
    known = kept.get(key)
    if known is not None and known[0] == stamp:
        return known[1]
    made = make()
    kept.pop(key, None)
    while len(kept) >= KEPT:
        kept.pop(next(iter(kept)))
    kept[key] = (stamp, made)
    return made


def until_changed(ground: Ground, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, kept until anything is committed; made anew in a transaction that has changed something itself."""
    if ground.marked or ground.wakes:
        return make()
    return remembered(ground, key, state_of(ground), make)


def state_of(ground: Ground) -> Hashable:
    """A mark that is another one after every change that anybody made to the database."""
    if ground.dialect != "sqlite":
        return str(ground.connection.execute(text("SELECT pg_current_snapshot()")).scalar_one())
    # the first counts what other connections committed, the second what this one changed
    raw = ground.connection.connection.dbapi_connection
    changes = getattr(raw, "total_changes", 0)
    return ground.number(text("PRAGMA data_version")), int(changes)
