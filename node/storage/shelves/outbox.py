"""Activities that we sent: each body once, never made again; one delivery per inbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Table, bindparam, func, select, update

from node.domain.entries import Audience
from node.errors import NotFound
from node.storage.ground import Shelf, insert, made
from node.storage.hosts import host_of
from node.storage.prepared import Prepared
from node.storage.shelves.deliveries import UNSENT
from node.storage.tables.outbox import deliveries, outbox
from node.storage.tables.things import recipients

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """An activity of ours. `object` is the IRI of what it is about; `seq` orders them (given by storage)."""

    iri: str
    actor: str
    type: str
    object: str
    document: bytes
    audience: str
    published_at: datetime
    seq: int = 0


class Outbox(Shelf):
    """The activities that our actors did."""

    def add(self, row: OutboxRow, inboxes: Sequence[str], *, at: datetime) -> None:
        """Writes an activity and one delivery per distinct inbox, and remembers that its object went there.

        A Delete takes the place of what is about the same thing and was not sent to those hosts yet.
        """
        _ADDED.run(self.ground.connection, **{name: getattr(row, name) for name in _GIVEN})
        if row.type == "Delete":
            self._drop(row.object, {host_of(inbox) for inbox in inboxes})
        self._deliver(row, inboxes, at)

    def deliver_again(self, iri: str, inboxes: Sequence[str], at: datetime) -> None:
        """Sends an activity to further inboxes, or once more to the same; raises NotFound when it is not ours."""
        row = self.get(iri)
        if row is None:
            raise NotFound(f"{iri} is not in the outbox.")
        self._deliver(row, inboxes, at)

    def get(self, iri: str) -> OutboxRow | None:
        """An activity by its IRI."""
        row = self.ground.row(select(outbox).where(outbox.c.iri == iri))
        return made(OutboxRow, row) if row else None

    def of(
        self, actor: str, *, scope_public_only: bool = True, limit: int = 50, before: int | None = None
    ) -> list[OutboxRow]:  # fmt: skip
        """What an actor did, newest first; `before` is the `seq` to go on from."""
        wanted = select(outbox).where(outbox.c.actor == actor).order_by(outbox.c.seq.desc()).limit(limit)
        if scope_public_only:
            wanted = wanted.where(outbox.c.audience == Audience.PUBLIC.value)
        if before is not None:
            wanted = wanted.where(outbox.c.seq < before)
        return [made(OutboxRow, row) for row in self.ground.rows(wanted)]

    def about(self, object: str) -> list[OutboxRow]:  # noqa: A002 - the word of the domain
        """Every activity about a thing, oldest first."""
        wanted = select(outbox).where(outbox.c.object == object).order_by(outbox.c.seq)
        return [made(OutboxRow, row) for row in self.ground.rows(wanted)]

    def count(self, actor: str, *, scope_public_only: bool = True) -> int:
        """How many activities an actor did."""
        counted = select(func.count()).select_from(outbox).where(outbox.c.actor == actor)
        if scope_public_only:
            counted = counted.where(outbox.c.audience == Audience.PUBLIC.value)
        return self.ground.number(counted)

    def _drop(self, thing: str, hosts: set[str]) -> None:
        there = deliveries.c.object == thing, deliveries.c.host.in_(hosts)
        self.ground.run(update(deliveries).where(UNSENT, *there).values(state="dropped"))

    def _deliver(self, row: OutboxRow, inboxes: Iterable[str], at: datetime) -> None:
        distinct = list(dict.fromkeys(inboxes))
        if not distinct:
            return
        shared = {"activity": row.iri, "object": row.object, "sender": row.actor, "due_at": at, "created_at": at}
        rows = [{**shared, "inbox": inbox, "host": host_of(inbox)} for inbox in distinct]
        _DUE.run_many(self.ground.connection, rows)
        if row.object:
            _SENT.run_many(self.ground.connection, [{"thing": row.object, "inbox": inbox} for inbox in distinct])


def _adding(table: Table, *names: str) -> Callable[[str], sqlite.Insert | postgresql.Insert]:
    """An INSERT that gives these columns; what else the table needs has its default."""
    given = {name: bindparam(name, type_=table.c[name].type) for name in names}
    return lambda dialect: insert(table, dialect).values(given).inline()


_GIVEN = ("iri", "actor", "type", "object", "document", "audience", "published_at")
_ADDED = Prepared(_adding(outbox, *_GIVEN))
_DUE = Prepared(_adding(deliveries, "activity", "object", "sender", "inbox", "host", "due_at", "created_at"))
_SENT = Prepared(lambda dialect: _adding(recipients, "thing", "inbox")(dialect).on_conflict_do_nothing())
