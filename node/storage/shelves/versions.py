"""What things said before, and which version of each a person here has read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, func, select

from node.domain.entries import Audience, Entry
from node.domain.visibility import Scope, is_within
from node.storage.ground import Shelf
from node.storage.prepared import Prepared
from node.storage.stored import StoredThing
from node.storage.tables.versions import version_visits, versions

#: So many versions are looked through for a page of them.
_PORTION = 200


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a thing, counted from 1: what it said, when it was saved, by whom, and what they said about it."""

    number: int
    stored: StoredThing
    at: datetime | None
    by: str
    comment: str
    is_last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """Which version of a thing somebody read last, and when."""

    number: int
    at: datetime | None


class Versions(Shelf):
    """Versions of things. A version is within the scope of those who may see the thing now and might have seen it then."""

    def current(self, stored: StoredThing) -> int:
        """The number of what a thing says now."""
        return _LAST.number(self.ground.connection, thing=stored.entry.iri)

    def count(self, stored: StoredThing, scope: Scope) -> int:
        """How many versions of a thing are within scope."""
        rows = _EVERY.rows(self.ground.connection, thing=stored.entry.iri)
        return sum(is_within(scope, _entry(row, stored.entry)) for row in rows) if rows else 1

    def of(self, stored: StoredThing, scope: Scope, *, limit: int = 50, before: int | None = None) -> list[Version]:
        """The versions of a thing that is within scope, the last first; `before` is the number to go on from."""
        chosen = select(versions).where(versions.c.thing == stored.entry.iri).order_by(versions.c.number.desc())
        if before is not None:
            chosen = chosen.where(versions.c.number < before)
        current = self.current(stored)
        rows = self.ground.rows(chosen.limit(_PORTION))
        found = [_made(row, stored, current) for row in rows]
        if not rows and before is None:
            found = [_first(stored)]
        return [version for version in found if is_within(scope, version.stored.entry)][:limit]

    def get(self, stored: StoredThing, number: int, scope: Scope) -> Version | None:
        """One version of a thing that is within scope."""
        chosen = select(versions).where(versions.c.thing == stored.entry.iri, versions.c.number == number)
        row = self.ground.row(chosen)
        current = self.current(stored)
        version = _made(row, stored, current) if row else _first(stored) if number == current == 1 else None
        return version if version is not None and is_within(scope, version.stored.entry) else None

    def visit(self, person: str, stored: StoredThing, at: datetime) -> None:
        """Remembers that somebody has read what a thing says now."""
        values = {"person": person, "thing": stored.entry.iri, "number": self.current(stored), "at": at}
        self.ground.upsert(version_visits, ["person", "thing"], values)

    def visited(self, person: str, iri: str) -> VisitRow | None:
        """What somebody read of a thing last; None when they never did."""
        chosen = select(version_visits).where(version_visits.c.person == person, version_visits.c.thing == iri)
        row = self.ground.row(chosen)
        return VisitRow(number=row["number"], at=row["at"]) if row else None

    def forget_visits(self, person: str) -> None:
        """Lets go of what somebody read."""
        self.ground.run(delete(version_visits).where(version_visits.c.person == person))


def _first(stored: StoredThing) -> Version:
    entry = stored.entry
    at = entry.published_at if entry.is_local else entry.stored_at
    return Version(number=1, stored=stored, at=at or entry.stored_at, by=entry.author, comment="", is_last=True)


def _made(row: RowMapping | Mapping[str, Any], stored: StoredThing, current: int) -> Version:
    is_last = row["number"] == current
    told: dict[str, Any] = {"number": row["number"], "at": row["at"], "by": row["by"], "comment": row["comment"]}
    if is_last:
        return Version(**told, stored=stored, is_last=True)
    return Version(**told, stored=StoredThing(entry=_entry(row, stored.entry), document=row["document"]))


def _entry(row: RowMapping | Mapping[str, Any], now: Entry) -> Entry:
    """What the node knew of the thing then; who wrote the thing stays the same."""
    readers = frozenset(filter(None, row["readers"].split(" ")))
    audience = Audience(row["audience"])
    return replace(now, audience=audience, community=row["community"], readers=readers, updated_at=row["at"])


_OF = versions.c.thing == bindparam("thing")
_LAST = Prepared(lambda _: select(func.coalesce(func.max(versions.c.number), 1)).where(_OF))
_EVERY = Prepared(lambda _: select(versions.c.audience, versions.c.community, versions.c.readers, versions.c.at).where(_OF))
