"""Activities that we sent: each body once, never made again; one delivery per inbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from node.domain.entries import Audience
from node.errors import NotFound
from node.storage.ground import Shelf, made
from node.storage.hosts import host_of
from node.storage.tables.outbox import deliveries, outbox
from node.storage.tables.things import recipients


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
        values = {"iri": row.iri, "actor": row.actor, "type": row.type, "object": row.object, "document": row.document}
        self.ground.run(insert(outbox).values(**values, audience=row.audience, published_at=row.published_at))
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
        unsent = deliveries.c.object == thing, deliveries.c.state == "due", deliveries.c.leased_by.is_(None)
        self.ground.run(update(deliveries).where(*unsent, deliveries.c.host.in_(hosts)).values(state="dropped"))

    def _deliver(self, row: OutboxRow, inboxes: Iterable[str], at: datetime) -> None:
        distinct = list(dict.fromkeys(inboxes))
        if not distinct:
            return
        shared = {"activity": row.iri, "object": row.object, "sender": row.actor, "due_at": at, "created_at": at}
        rows = [{**shared, "inbox": inbox, "host": host_of(inbox)} for inbox in distinct]
        self.ground.connection.execute(insert(deliveries), rows)
        if row.object:
            sent = self.ground.insert(recipients).on_conflict_do_nothing()
            self.ground.connection.execute(sent, [{"thing": row.object, "inbox": inbox} for inbox in distinct])
