"""What of this node's own is public, each thing once, in the order of its last change: what harvesters read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, Select, delete, func, select

from node.domain.entries import Audience
from node.storage.ground import Shelf, made
from node.storage.tables.actors import actors
from node.storage.tables.changes import change_sets, changes, marks
from node.storage.tables.things import things

Deed = Literal["create", "update", "delete"]

#: What of the marks is kept: whoever has not looked for longer has to look at everything.
MOST_MARKS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The last change of a thing or actor of ours: `id` is its place in the order, `kind` what it is, or was."""

    id: int
    thing: str
    deed: Deed
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which changes are meant: those after one and up to another, of what a community holds, but for some kinds."""

    after: int = 0
    up_to: int | None = None
    community: str = ""
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What everybody may see of what changed: its ActivityStreams type, its author ("" for an actor) and its document."""

    type: str
    author: str
    document: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That something of a thing or actor, anybody's, may have changed. It says nothing of who may see it."""

    id: int
    thing: str


class Changes(Shelf):
    """The log of changes: only what is or was public, and lives here. Nothing is in it twice."""

    def touch(self, thing: str, at: datetime) -> None:
        """Says that something of ours may have changed; what is so is seen when the deed ends."""
        self.ground.touch(thing, at)

    def listed(self, choice: Choice, limit: int) -> list[Change]:
        """Changes, the oldest first."""
        chosen = _chosen(select(changes), choice).order_by(_place(choice)).limit(limit)
        return [made(Change, row) for row in self.ground.rows(chosen)]

    def count(self, choice: Choice) -> int:
        """How many there are."""
        return self.ground.number(_chosen(select(func.count()).select_from(changes), choice))

    def living(self, choice: Choice) -> int:
        """How many of them did not end."""
        chosen = _chosen(select(func.count()).select_from(changes), choice)
        return self.ground.number(chosen.where(changes.c.deed != "delete"))

    def get(self, thing: str) -> Change | None:
        """The last change of a thing."""
        row = self.ground.row(select(changes).where(changes.c.thing == thing))
        return made(Change, row) if row else None

    def before(self, place: int) -> Change | None:
        """The last change before a place in the order."""
        row = self.ground.row(select(changes).where(changes.c.id < place).order_by(changes.c.id.desc()).limit(1))
        return made(Change, row) if row else None

    def shown(self, found: Sequence[Change]) -> dict[str, Shown]:
        """What there is to see of each thing that changed; nothing of what ended."""
        living = [change.thing for change in found if change.deed != "delete"]
        public = things.c.iri.in_(living), things.c.audience == Audience.PUBLIC.value, things.c.deleted_at.is_(None)
        own = select(things.c.iri, things.c.type, things.c.author, things.c.document).where(*public)
        ours = actors.c.iri.in_(living), actors.c.is_local, actors.c.state == "active"
        rows = [*self.ground.rows(own), *self.ground.rows(select(actors.c.iri, actors.c.type, actors.c.document).where(*ours))]
        return {row["iri"]: Shown(type=row["type"], author=row.get("author", ""), document=row["document"]) for row in rows}

    def newest(self) -> Change | None:
        """The last change of all."""
        row = self.ground.row(select(changes).order_by(changes.c.id.desc()).limit(1))
        return made(Change, row) if row else None

    def oldest(self) -> Change | None:
        """The change that nothing was changed before."""
        row = self.ground.row(select(changes).order_by(changes.c.id).limit(1))
        return made(Change, row) if row else None

    def last_before(self, at: datetime) -> int:
        """The place of the last change before a moment; 0 when there is none."""
        before = select(changes.c.id).where(changes.c.at < at).order_by(changes.c.at.desc(), changes.c.id.desc()).limit(1)
        row = self.ground.row(before)
        return int(row["id"]) if row else 0

    def sets(self, things: Sequence[str]) -> dict[str, list[str]]:
        """The communities of ours in whose repertoire each of these things is, or was when it ended."""
        found: dict[str, list[str]] = {}
        chosen = select(change_sets).where(change_sets.c.thing.in_(things)).order_by(change_sets.c.community)
        for row in self.ground.rows(chosen):
            found.setdefault(row["thing"], []).append(row["community"])
        return found

    def marked(self, after: int, limit: int) -> list[Mark]:
        """What has been touched since a mark, in order, remote things and private ones too: for an index to look at anew.

        Beginning at 0 is no way to begin: `first_mark` tells what is kept. A thing may be in it more than once.
        """
        chosen = select(marks).where(marks.c.id > after).order_by(marks.c.id).limit(limit)
        return [made(Mark, row) for row in self.ground.rows(chosen)]

    def last_mark(self) -> int:
        """The newest mark: whoever looks at everything begins here. 0 when there is none."""
        return self.ground.number(select(func.coalesce(func.max(marks.c.id), 0)))

    def first_mark(self) -> int:
        """The oldest mark that is kept: whoever stopped more than one before it has missed some."""
        return self.ground.number(select(func.coalesce(func.min(marks.c.id), 0)))

    def forget_marks(self, n: int, most: int = MOST_MARKS) -> int:
        """Lets go of the oldest n marks at most, where there are more than are kept; how many."""
        old = select(marks.c.id).where(marks.c.id <= self.last_mark() - most).order_by(marks.c.id).limit(n)
        return self.ground.run(delete(marks).where(marks.c.id.in_(old)))


def _place(choice: Choice) -> Column[int]:
    """The place in the order, from the rows that a choice looks at first: a small community is read without the others."""
    return change_sets.c.change if choice.community else changes.c.id


def _chosen(statement: Select[*tuple[Any, ...]], choice: Choice) -> Select[*tuple[Any, ...]]:
    place = _place(choice)
    if choice.community:
        statement = statement.join(change_sets, change_sets.c.change == changes.c.id)
        statement = statement.where(change_sets.c.community == choice.community)
    statement = statement.where(place > choice.after)
    if choice.up_to is not None:
        statement = statement.where(place <= choice.up_to)
    return statement.where(changes.c.kind.not_in(choice.without)) if choice.without else statement
