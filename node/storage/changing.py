"""Writes down, when a deed ends, what of this node's own became public, changed, or is public no more.

What the log says is compared with what the rows say: whichever way a thing was put, narrowed, buried or taken out, the log
cannot miss it; and a deed that changed nothing leaves nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Table,
    bindparam,
    delete,
    insert,
    literal_column,
    or_,
    select,
    text,
    update,
)

from node.domain.entries import Audience
from node.storage.ground import Ground
from node.storage.prepared import Prepared
from node.storage.tables.actors import actors
from node.storage.tables.changes import change_sets, changes, marks
from node.storage.tables.holdings import holdings
from node.storage.tables.things import things

#: Changes are numbered in the order in which they are committed: whoever reads on from a number misses none.
LOCK = 7306
#: The actors that everybody may know of. People are not listed: what they write tells who they are.
KINDS_OF_ACTORS = ("Group", "Organization")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What everybody may see of a thing: its kind, a digest of all that, and the communities of ours that hold it."""

    kind: str
    digest: str
    communities: Sequence[str]


def write_down(ground: Ground) -> None:
    """Writes the marks of all that was touched, and the log of what is ours. Nothing may wait for a lock after this."""
    if not ground.marked:
        return
    if ground.dialect != "sqlite":
        ground.connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOCK})
    _MARKED.run_many(ground.connection, [{"thing": thing} for thing in ground.marked])
    for thing, at in ground.touched.items():
        _log(ground, thing, at)
    ground.marked.clear()
    ground.touched.clear()


def _log(ground: Ground, thing: str, at: datetime) -> None:
    before, state = _KNOWN.row(ground.connection, thing=thing), _state(ground, thing)
    was_there = before is not None and before["deed"] != "delete"
    if (state.digest if state else "") == (before["digest"] if before else ""):
        return
    last = _LAST.row(ground.connection)
    if before is not None:
        _GONE.run(ground.connection, thing=thing)
    added = _ADDED.row(
        ground.connection,
        thing=thing,
        deed="delete" if state is None else "update" if was_there else "create",
        kind=state.kind if state else before["kind"] if before else "",
        digest=state.digest if state else "",
        # a clock that was put back must not put a change where harvesters have been
        at=max(at, last["at"]) if last else at,
    )
    _place(ground, thing, int(added["id"]) if added else 0, state)


def _place(ground: Ground, thing: str, change: int, state: State | None) -> None:
    """Puts the change into the sets of the communities that hold the thing; an end stays where the thing was."""
    if state is None:
        ground.run(update(change_sets).where(change_sets.c.thing == thing).values(change=change))
        return
    _NO_SETS.run(ground.connection, thing=thing)
    rows = [{"thing": thing, "community": community, "change": change} for community in state.communities]
    if rows:
        _SETS.run_many(ground.connection, rows)


def _state(ground: Ground, iri: str) -> State | None:
    """What everybody may see of a thing or actor of ours; None when that is nothing."""
    row, communities = _THING.row(ground.connection, iri=iri), list[str]()
    if row is not None:
        communities = [str(each["community"]) for each in _HOLDERS.rows(ground.connection, thing=iri)]
    row = row or _ACTOR.row(ground.connection, iri=iri)
    if row is None:
        return None
    digest = hashlib.sha256(row["document"])
    for community in communities:
        digest.update(b"\0" + community.encode())
    return State(kind=row["kind"], digest=digest.hexdigest(), communities=communities)


def _of(column: Column[Any]) -> ColumnElement[bool]:
    return column == bindparam(column.key)


def _given(table: Table, *names: str) -> dict[str, BindParameter[Any]]:
    return {name: bindparam(name, type_=table.c[name].type) for name in names}


_MARKED = Prepared(lambda _: insert(marks).values(_given(marks, "thing")).inline())
_KNOWN = Prepared(lambda _: select(changes.c.deed, changes.c.digest, changes.c.kind).where(_of(changes.c.thing)))
_LAST = Prepared(lambda _: select(changes.c.at).order_by(changes.c.id.desc()).limit(literal_column("1")))
_GONE = Prepared(lambda _: delete(changes).where(_of(changes.c.thing)))
_ADDED = Prepared(
    lambda _: insert(changes).values(_given(changes, "thing", "deed", "kind", "digest", "at")).returning(changes.c.id)
)
_NO_SETS = Prepared(lambda _: delete(change_sets).where(_of(change_sets.c.thing)))
_SETS = Prepared(lambda _: insert(change_sets).values(_given(change_sets, "thing", "community", "change")).inline())
_THING = Prepared(
    lambda _: select(things.c.kind, things.c.document).where(
        _of(things.c.iri), things.c.is_local, things.c.deleted_at.is_(None), things.c.audience == Audience.PUBLIC.value
    )
)
_HOLDERS = Prepared(
    lambda _: (
        select(holdings.c.community)
        .join(actors, actors.c.iri == holdings.c.community)
        .where(_of(holdings.c.thing), actors.c.is_local)
        .order_by(holdings.c.community)
    )
)
_ACTOR = Prepared(
    lambda _: select(actors.c.kind, actors.c.document).where(
        _of(actors.c.iri),
        actors.c.is_local,
        actors.c.state == "active",
        or_(*(actors.c.type == kind for kind in KINDS_OF_ACTORS)),
    )
)
