"""Finds things and people by a part of their name while it is typed, with accents or without, within what one may see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, func, select

from node.domain.fields import fold
from node.domain.visibility import Scope
from node.storage.scopes import within
from node.storage.shelves.actors import ActorRow
from node.storage.tables.things import things
from node.storage.unit_of_work import UnitOfWork

T = TypeVar("T")

#: So many candidates are looked at; longer words are cut.
_CANDIDATES, _LONGEST = 400, 60
#: A letter that may carry an accent stands for any.
_MARKED = re.compile(r"[aceinouy\W_]")


def things_named(
    uow: UnitOfWork, words: str, scope: Scope, *, kind: str = "", without: Sequence[str] = (), limit: int = 8
) -> list[tuple[str, str, str]]:  # fmt: skip
    """IRI, name and kind of the things so called, those that begin so first, then the newest; without words the newest."""
    wanted = fold(words)[:_LONGEST]
    chosen: Select[Any] = select(things.c.iri, things.c.name, things.c.kind).where(
        within(scope), things.c.deleted_at.is_(None), things.c.name != ""
    )
    chosen = _of_kind(chosen, kind, without)
    if wanted:
        chosen = chosen.where(func.lower(things.c.name).like(f"%{_MARKED.sub('_', wanted)}%"))
    rows = uow.ground.rows(chosen.order_by(things.c.seq.desc()).limit(_CANDIDATES))
    found = [(str(row["iri"]), str(row["name"]), str(row["kind"])) for row in rows]
    return _fitting(((each[1], each) for each in found), wanted)[:limit]


def people_named(
    uow: UnitOfWork, words: str, communities: Iterable[str], at: datetime, *, limit: int = 8
) -> list[ActorRow]:  # fmt: skip
    """The people of these communities who are so called."""
    people = {row.person for community in communities for row in uow.members.of(community, at)}
    rows = [row for person in people if (row := uow.actors.get(person)) is not None and row.state == "active"]
    named = sorted(((f"{row.name} {row.username}", row) for row in rows), key=lambda pair: (fold(pair[0]), pair[1].iri))
    return _fitting(named, fold(words)[:_LONGEST])[:limit]


def _of_kind(chosen: Select[Any], kind: str, without: Sequence[str]) -> Select[Any]:
    if kind:
        chosen = chosen.where(things.c.kind == kind)
    return chosen.where(things.c.kind.not_in(without)) if without else chosen


def _fitting(named: Iterable[tuple[str, T]], wanted: str) -> list[T]:
    """Those whose name has these words, a name that begins so first, then one of whose words does."""

    def place(name: str) -> int:
        folded = fold(name)
        return 0 if folded.startswith(wanted) else 1 if f" {wanted}" in folded else 2 if wanted in folded else 3

    graded = [(place(name), value) for name, value in named]
    return [value for grade, value in sorted(graded, key=lambda pair: pair[0]) if grade < 3]  # noqa: PLR2004
