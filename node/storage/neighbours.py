"""Every server that this node deals with, and all that is known of it in one reading: for those who look after the links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, func, select, update

from federation import delivery
from node.domain.activities import about
from node.domain.neighbours import Condition, Measure, Signs, Trouble, condition, trouble
from node.domain.receiving import heading
from node.errors import Invalid
from node.storage.hosts import above, host_of, normal
from node.storage.shelves.followings import FollowingRow
from node.storage.shelves.peers import PeerRow
from node.storage.shelves.tasks import TaskRow
from node.storage.tables.inbox import inbox
from node.storage.tables.outbox import deliveries
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.errors import VocabError
from vocab.namespaces import PUBLIC_FORMS
from vocab.things.object import Object

#: The state of a message that waits for somebody here to let it in.
HELD = "held"
#: The reason of a message that somebody here let in: it does not wait again.
LET_IN = "let in by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A server. `links` are those between its actors and ours; `queue` counts deliveries by state; `held` messages wait here."""

    peer: PeerRow
    condition: Condition
    links: tuple[FollowingRow, ...] = ()
    queue: Mapping[str, int] = field(default_factory=dict)
    waiting_since: datetime | None = None
    held: int = 0

    @property
    def trouble(self) -> Trouble | None:
        """What its last error means, while it fails."""
        return trouble(self.peer.last_error) if self.peer.failing_since and self.peer.last_error else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMessage:
    """A message that waits for somebody here."""

    id: int
    activity: str
    type: str
    actor: str
    received_at: datetime


def neighbours(uow: UnitOfWork, now: datetime) -> list[Neighbour]:
    """Every server that is known, by host."""
    links: dict[str, list[FollowingRow]] = defaultdict(list)
    for row in uow.followings.all():
        local = [iri for iri in (row.follower, row.target) if (known := uow.actors.get(iri)) is not None and known.is_local]
        for iri in {row.follower, row.target}.difference(local):
            links[host_of(iri)].append(row)
    queues, since = _queues(uow)
    held = Counter(host_of(message.actor) for message in held_messages(uow))
    peers = {peer.host: peer for peer in uow.peers.all()}
    blocked = {host for host, peer in peers.items() if peer.state == "blocked"}
    return [
        Neighbour(
            peer=peer,
            condition=condition(_signs(peer, is_blocked=bool(blocked.intersection(above(host)))), now),
            links=tuple(links[host]),
            queue=queues.get(host, {}),
            waiting_since=since.get(host),
            held=held[host],
        )
        for host, peer in sorted({**{host: PeerRow(host=host) for host in links}, **peers}.items())
    ]


def neighbour(uow: UnitOfWork, host: str, now: datetime) -> Neighbour:
    """One server, known or not."""
    name = normal(host)
    stranger = Neighbour(peer=PeerRow(host=name), condition=Condition.UNMET)
    return next((found for found in neighbours(uow, now) if found.peer.host == name), stranger)


def held_messages(uow: UnitOfWork, host: str = "") -> list[HeldMessage]:
    """The messages that wait for somebody here, oldest first; those of one server when `host` is given."""
    rows = uow.ground.rows(select(inbox).where(inbox.c.state == HELD).order_by(inbox.c.id))
    found = [
        HeldMessage(id=row["id"], activity=row["activity"], type=row["type"], actor=row["actor"], received_at=row["received_at"])
        for row in rows
    ]
    return [message for message in found if not host or host_of(message.actor) == normal(host)]


def said_in(uow: UnitOfWork, message: HeldMessage) -> tuple[str, str]:
    """How what a held message brings begins, and its address, for whoever decides about it; "" for what is not there.

    What was sent to single people is nobody else's to read, a report excepted: it is for those who look after the node.
    """
    row = uow.ground.row(select(inbox.c.body).where(inbox.c.id == message.id))
    try:
        activity = jsonld.read(row["body"] if row else b"")
        if message.type == "Flag":
            return heading(activity), ""
        brought = about(activity)
    except (Invalid, VocabError):
        return "", ""
    thing = brought.thing
    if not isinstance(thing, Object):
        return "", brought.iri
    is_open = any(ref.iri in PUBLIC_FORMS for ref in (*thing.to, *thing.cc))
    return (heading(thing), brought.iri) if is_open else ("", "")


def stuck(uow: UnitOfWork, known: Container[str], is_local: Callable[[str], bool]) -> dict[str, list[TaskRow]]:
    """The work that was given up, by server: the first named that is `known`; "" for what is about none of them."""
    found: dict[str, list[TaskRow]] = defaultdict(list)
    for row in uow.tasks.all(state="parked"):
        hosts = [host_of(part) for part in row.subject.split(" ") if not is_local(part)]
        found[next((host for host in hosts if host in known), "")].append(row)
    return dict(found)


def release(uow: UnitOfWork, messages: list[HeldMessage], at: datetime) -> int:
    """Has held messages acted on now, as if they had just come; how many."""
    return _move(uow, messages, state="due", due_at=at, reason=LET_IN, done_at=None, attempts=0)


def turn_away(uow: UnitOfWork, messages: list[HeldMessage], at: datetime, reason: str) -> int:
    """Refuses held messages for good; how many."""
    return _move(uow, messages, state="refused", reason=reason, done_at=at)


def _move(uow: UnitOfWork, messages: list[HeldMessage], **values: object) -> int:
    ids = [message.id for message in messages]
    return uow.ground.run(update(inbox).where(inbox.c.id.in_(ids), inbox.c.state == HELD).values(**values)) if ids else 0


def _signs(peer: PeerRow, *, is_blocked: bool) -> Signs:
    return Signs(
        is_blocked=is_blocked,
        measure=Measure(peer.measure),
        last_in_at=peer.last_in_at,
        last_out_at=peer.last_out_at,
        is_failing=peer.failing_since is not None,
        is_unavailable=delivery.is_unavailable(peer.health),
    )


def _queues(uow: UnitOfWork) -> tuple[dict[str, dict[str, int]], dict[str, datetime]]:
    """Deliveries by host and state, and since when the oldest that waits has been waiting."""
    counted: Select[str, str, int, datetime] = (
        select(deliveries.c.host, deliveries.c.state, func.count().label("n"), func.min(deliveries.c.created_at).label("since"))
        .where(deliveries.c.state.in_(("due", "parked")))
        .group_by(deliveries.c.host, deliveries.c.state)
    )
    queues: dict[str, dict[str, int]] = defaultdict(dict)
    since: dict[str, datetime] = {}
    for row in uow.ground.rows(counted):
        queues[row["host"]][row["state"]] = row["n"]
        if row["state"] == "due":
            since[row["host"]] = row["since"]
    return dict(queues), since
