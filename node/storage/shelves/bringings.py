"""What people bring along from before: fetched, looked through without any effect, taken in; and its files until then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, insert, select, update

from node.storage.ground import Shelf, made
from node.storage.tables.bringing import bringings, brought

#: fetching, looking and taking go on by themselves; ready waits for its person; the others are over.
State = Literal["fetching", "looking", "ready", "taking", "done", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BringingRow:
    """What one person brings into one community.

    `addresses` are those of the web that are part of it, one a line; `done` of `total` parts were looked through, or taken in;
    `report` is JSON text. `takes_probable`: also what seems to be there already.
    """

    id: str
    person: str
    community: str
    audience: str
    state: State
    addresses: str
    report: str
    language: str
    done: int
    total: int
    takes_probable: int
    begun_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtRow:
    """One file of it. `format` is "" where its name tells; `problem` says in one line why it cannot be read."""

    name: str
    content: bytes
    format: str = ""
    problem: str = ""


class Bringings(Shelf):
    """Whoever asks for somebody's names them: nobody else's is ever found."""

    def begin(self, row: BringingRow, files: Sequence[BroughtRow]) -> None:
        """Keeps what somebody brings."""
        self.ground.run(insert(bringings).values(**asdict(row)))
        self.add_files(row.id, files)

    def add_files(self, bringing: str, files: Sequence[BroughtRow]) -> None:
        """Adds files after those that are there."""
        chosen = select(func.coalesce(func.max(brought.c.number), 0)).where(brought.c.bringing == bringing)
        first = self.ground.number(chosen) + 1
        for number, file in enumerate(files, first):
            self.ground.run(insert(brought).values(bringing=bringing, number=number, **asdict(file)))

    def get(self, bringing: str) -> BringingRow | None:
        """One of them."""
        row = self.ground.row(select(bringings).where(bringings.c.id == bringing))
        return made(BringingRow, row) if row else None

    def of(self, person: str, limit: int = 20) -> list[BringingRow]:
        """Those of a person, the newest first."""
        chosen = select(bringings).where(bringings.c.person == person).order_by(bringings.c.begun_at.desc(), bringings.c.id)
        return [made(BringingRow, row) for row in self.ground.rows(chosen.limit(limit))]

    def files(self, bringing: str) -> Iterator[BroughtRow]:
        """Its files, in order."""
        chosen = select(brought).where(brought.c.bringing == bringing).order_by(brought.c.number)
        return (made(BroughtRow, row) for row in self.ground.rows(chosen))

    def put(self, row: BringingRow) -> None:
        """Keeps how far it has come."""
        self.ground.run(update(bringings).where(bringings.c.id == row.id).values(**asdict(row)))
        if row.state in {"done", "stopped"}:
            self.ground.run(delete(brought).where(brought.c.bringing == row.id))

    def forget(self, before: datetime) -> None:
        """Forgets those that nobody touched since, with their files."""
        old = select(bringings.c.id).where(bringings.c.changed_at < before)
        self.ground.run(delete(brought).where(brought.c.bringing.in_(old)))
        self.ground.run(delete(bringings).where(bringings.c.changed_at < before))
