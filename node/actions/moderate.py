"""Blocks and unblocks other servers, suspends single actors; and has what waits or was given up tried again."""

from __future__ import annotations

from node.contracts import House
from node.domain.errands import CATCH_UP, link
from node.domain.following import LinkEvent
from node.domain.neighbours import Measure
from node.errors import NotFound
from node.storage.hosts import host_of, normal
from node.storage.linking import end_all, move, withhold
from node.storage.neighbours import held_messages, release
from node.storage.unit_of_work import UnitOfWork


def block(uow: UnitOfWork, house: House, host: str, *, note: str = "", by: str = "") -> int:
    """Blocks a server and what lies below its name: links end, nothing more is sent; how many links ended.

    `by` is the IRI of who decides, "" for the command line.
    """
    uow.peers.put_state(host, "blocked", house.now, note)
    uow.decisions.add(house.now, "block", normal(host), by=by, reason=note)
    ended = 0
    for row in uow.followings.all():
        far = row.follower if house.is_local(row.target) else row.target
        if row.state != "ended" and uow.peers.is_blocked(host_of(far)):
            ended += move(uow, row, LinkEvent.END, house.now) is not None
    uow.deliveries.drop_host(host)
    return ended


def unblock(uow: UnitOfWork, house: House, host: str, *, by: str = "") -> None:
    """Lifts a block; links have to be asked for anew. Raises NotFound when that very name is not blocked."""
    known = uow.peers.get(host)
    if known is None or known.state != "blocked":
        raise NotFound(f"{host} is not blocked.")
    uow.peers.put_state(host, "unknown", house.now)
    uow.decisions.add(house.now, "unblock", normal(host), by=by)


def limit(uow: UnitOfWork, house: House, host: str, measure: Measure, *, note: str = "", by: str = "") -> int:
    """Limits what is exchanged with a server, or lifts the limit; how many messages that had waited were let in.

    Lifted, what waited comes in and what was to be sent leaves at once.
    """
    uow.peers.put_measure(host, measure.value, house.now, note)
    uow.decisions.add(house.now, f"limit {measure.value}" if measure else "lift", normal(host), by=by, reason=note)
    if measure is not Measure.NONE:
        return 0
    retry(uow, house, normal(host))
    return release(uow, held_messages(uow, host), house.now)


def suspend(uow: UnitOfWork, house: House, actor: str) -> None:
    """Takes nothing more from an actor elsewhere, nor tells it anything private; its links end. NotFound for a stranger."""
    known = uow.actors.get(actor)
    if known is None or known.is_local:
        raise NotFound("No actor elsewhere of that address is known here.")
    uow.actors.set_state(actor, "suspended")
    uow.decisions.add(house.now, "suspend", actor)
    end_all(uow, actor, house.now)
    withhold(uow, actor, house.now)


def reinstate(uow: UnitOfWork, actor: str) -> None:
    """Takes things from a suspended actor again."""
    known = uow.actors.get(actor)
    if known is None or known.state != "suspended":
        raise NotFound("No suspended actor of that address is known here.")
    uow.actors.set_state(actor, "active")


def retry(uow: UnitOfWork, house: House, host: str | None = None) -> int:
    """Has everything tried again that waits or was given up, for one host or for all; how many pieces.

    What is followed there is compared at once instead of at the next full hour.
    """
    for row in uow.followings.all("accepted"):
        if house.is_local(row.follower) and host in {None, host_of(row.target)}:
            uow.tasks.wake(CATCH_UP, link(row.follower, row.target))
    woken = uow.deliveries.retry(host, house.now)
    for task in uow.tasks.all(state="parked"):
        if host is None or host in {host_of(part) for part in task.subject.split(" ")}:
            uow.tasks.wake(task.kind, task.subject)
            woken += 1
    return woken
