"""Actors: ours and those of other nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, update

from node.storage.ground import Shelf, made
from node.storage.hosts import host_of
from node.storage.prepared import Prepared
from node.storage.tables.actors import actors

#: So many are asked for at once.
PORTION = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor. `state` is active, gone or suspended; `key_pem` its public key; `kind` our class where there is one.

    `moved_to` is where its own document says that it has gone, not proven by anybody there.
    """

    iri: str
    type: str
    kind: str = ""
    document: bytes
    name: str = ""
    username: str = ""
    host: str = ""
    is_local: bool = False
    inbox: str = ""
    shared_inbox: str = ""
    followers: str = ""
    outbox: str = ""
    repertoire: str = ""
    key_id: str = ""
    key_pem: str = ""
    state: str = "active"
    moved_to: str = ""
    fetched_at: datetime | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """An actor by what it is called, without its document: many pages name many."""

    iri: str
    name: str
    host: str
    is_local: bool
    state: str


class Actors(Shelf):
    """The actors that this node knows."""

    def put(self, row: ActorRow) -> None:
        """Inserts or replaces an actor."""
        self.ground.unsettle()
        self.ground.upsert(actors, ["iri"], asdict(row))
        self.ground.marked.add(row.iri)
        if row.is_local:
            self.ground.touch(row.iri, row.fetched_at)
        self.ground.wakes.add(("intersections", "all"))

    def get(self, iri: str) -> ActorRow | None:
        """The actor of that IRI, in whatever state."""
        row = _BY_IRI.row(self.ground.connection, iri=iri)
        return made(ActorRow, row) if row else None

    def state_of(self, iri: str) -> str:
        """The state of an actor, "" when it is not known: asked of each message, and had without the whole document."""
        row = _STATE.row(self.ground.connection, iri=iri)
        return str(row["state"]) if row else ""

    def by_username(self, username: str) -> ActorRow | None:
        """The local actor of that name, whatever its case."""
        return self._first(select(actors).where(actors.c.is_local, func.lower(actors.c.username) == username.lower()))

    def by_key(self, key_id: str) -> ActorRow | None:
        """The actor that publishes the key of that id."""
        row = _BY_KEY.row(self.ground.connection, key_id=key_id)
        return made(ActorRow, row) if row else None

    def local(self, type: str | None = None) -> list[ActorRow]:  # noqa: A002 - the word of the domain
        """Our actors, by name."""
        return self._all(select(actors).where(actors.c.is_local), type)

    def known(self, type: str | None = None) -> list[ActorRow]:  # noqa: A002 - the word of the domain
        """All actors, by name."""
        return self._all(select(actors), type)

    def called(self, type: str) -> list[Called]:  # noqa: A002 - the word of the domain
        """What all actors of a type are called, by name."""
        return [made(Called, row) for row in _CALLED.rows(self.ground.connection, type=type)]

    def inboxes(self, iris: Sequence[str]) -> list[tuple[str, str]]:
        """Inbox and shared inbox ("" for none) of those of these actors who are elsewhere and still there, in this order."""
        found: dict[str, tuple[str, str]] = {}
        for start in range(0, len(iris), PORTION):
            chosen = select(actors.c.iri, actors.c.inbox, actors.c.shared_inbox).where(
                actors.c.iri.in_(iris[start : start + PORTION])
            )
            rows = self.ground.rows(chosen.where(actors.c.is_local.is_(False), actors.c.state == "active"))
            found |= {row["iri"]: (row["inbox"], row["shared_inbox"]) for row in rows}
        return [found[iri] for iri in iris if iri in found]

    def receiving_at(self, inbox: str, n: int) -> list[str]:
        """At most so many actors elsewhere, by IRI, who receive at an inbox, own or shared; those not read for longest first."""
        is_theirs = or_(actors.c.inbox == inbox, actors.c.shared_inbox == inbox)
        chosen = select(actors.c.iri).where(actors.c.host == host_of(inbox), is_theirs, actors.c.state == "active")
        chosen = chosen.where(actors.c.is_local.is_(False)).order_by(actors.c.fetched_at, actors.c.iri)
        return self.ground.texts(chosen.limit(n))

    def set_state(self, iri: str, state: str) -> None:
        """Makes an actor active, gone or suspended."""
        self.ground.unsettle()
        self.ground.run(update(actors).where(actors.c.iri == iri).values(state=state))
        self.ground.marked.add(iri)
        self.ground.wakes.add(("intersections", "all"))

    def _first(self, statement: Select[*tuple[Any, ...]]) -> ActorRow | None:
        row = self.ground.row(statement)
        return made(ActorRow, row) if row else None

    def _all(self, statement: Select[*tuple[Any, ...]], of_type: str | None) -> list[ActorRow]:
        chosen = statement if of_type is None else statement.where(actors.c.type == of_type)
        return [made(ActorRow, row) for row in self.ground.rows(chosen.order_by(actors.c.name, actors.c.iri))]


_BY_IRI = Prepared(lambda _: select(actors).where(actors.c.iri == bindparam("iri")))
_CALLED = Prepared(
    lambda _: (
        select(actors.c.iri, actors.c.name, actors.c.host, actors.c.is_local, actors.c.state)
        .where(actors.c.type == bindparam("type"))
        .order_by(actors.c.name, actors.c.iri)
    )
)
_STATE = Prepared(lambda _: select(actors.c.state).where(actors.c.iri == bindparam("iri")))
_BY_KEY = Prepared(lambda _: select(actors).where(actors.c.key_id == bindparam("key_id")).order_by(actors.c.iri).limit(1))
