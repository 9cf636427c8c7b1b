"""Moves a link on, and sees to what follows: guests come and go with it, and what waits for somebody who left does not leave."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from federation.outbox import follow
from node.domain.entries import Audience, Entry
from node.domain.following import LinkEvent, LinkState, after
from node.domain.rights import GUEST
from node.storage.here import Here
from node.storage.receivers import followers_inboxes, receivers
from node.storage.sending import send
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.deliveries import UNSENT
from node.storage.shelves.followings import FollowingRow
from node.storage.tables.outbox import deliveries, outbox
from node.storage.unit_of_work import UnitOfWork


def ask(uow: UnitOfWork, here: Here, follower: str, target: ActorRow) -> FollowingRow:
    """One of ours asks to follow somebody elsewhere, each time in a new Follow.

    Many servers take in every id once: were the answer lost, the same Follow would never be answered again.
    """
    told = send(uow, here, lambda name, at: follow(follower, target.iri, name, at), [target.inbox], about=target.iri)
    return uow.followings.put(follower, target.iri, activity=told.id, state=LinkState.REQUESTED.value, at=here.now)


def move(uow: UnitOfWork, link: FollowingRow, event: LinkEvent, at: datetime) -> LinkState | None:
    """The state of a link after an event, None when that may not happen to it; everything that hangs on it is done."""
    state = after(LinkState(link.state), event)
    if state is not None and state.value != link.state:
        uow.followings.set_state(link.follower, link.target, state.value, at)
        settle(uow, link.follower, link.target, state, at)
    return state


def end_all(uow: UnitOfWork, actor: str, at: datetime) -> int:
    """Ends every link of an actor, in both directions; how many there were."""
    links = [*uow.followings.to(actor), *uow.followings.of(actor)]
    return sum(link.state != "ended" and move(uow, link, LinkEvent.END, at) is not None for link in links)


def settle(uow: UnitOfWork, follower: str, target: str, state: LinkState, at: datetime) -> None:
    """What follows from the state of a link of somebody elsewhere to one of ours."""
    who, whom = uow.actors.get(follower), uow.actors.get(target)
    if who is None or whom is None or who.is_local or not whom.is_local:
        return
    if state is LinkState.ACCEPTED:
        if who.type == "Person" and whom.type == "Group" and not uow.members.roles(follower, target, at):
            uow.members.join(follower, target, GUEST, at)
    elif state in {LinkState.REFUSED, LinkState.ENDED}:
        uow.members.leave_as(follower, target, GUEST, at)
        _silence(uow, who, target)


def withhold(uow: UnitOfWork, actor: str, at: datetime) -> None:
    """Lets go of the words that wait for somebody elsewhere who may not read them any more; what is public still leaves."""
    who = uow.actors.get(actor)
    if who is None or who.is_local or not who.inbox:
        return
    words = outbox.c.type.in_(("Create", "Update")), outbox.c.audience != Audience.PUBLIC.value
    held = select(deliveries.c.id, deliveries.c.object).join(outbox, outbox.c.iri == deliveries.c.activity)
    for row in uow.ground.rows(held.where(UNSENT, *words, deliveries.c.inbox == who.inbox)):
        stored = uow.things.get_any(row["object"])
        if stored is not None and not _is_meant(uow, stored.entry, who, at):
            uow.ground.run(update(deliveries).where(deliveries.c.id == row["id"]).values(state="dropped", done_at=at))


def _is_meant(uow: UnitOfWork, entry: Entry, who: ActorRow, at: datetime) -> bool:
    """Whether an entry of ours is for somebody elsewhere, by name, as a member, or behind the same inbox as one."""
    is_named = who.state == "active" and who.iri in entry.readers
    return is_named or who.inbox in receivers(uow, entry, at).inboxes


def _silence(uow: UnitOfWork, who: ActorRow, target: str) -> None:
    """Lets go of what one of ours still has waiting for somebody who no longer follows; not for others behind the same inbox.

    Answers to a request still leave: nobody is to wait for them in vain.
    """
    theirs = {who.inbox, who.shared_inbox} - {""}
    is_answer = (
        select(outbox.c.iri).where(outbox.c.iri == deliveries.c.activity, outbox.c.type.in_(("Accept", "Reject"))).exists()
    )
    waits = deliveries.c.sender == target, deliveries.c.state == "due", deliveries.c.leased_by.is_(None), ~is_answer
    if uow.ground.row(select(deliveries.c.id).where(*waits, deliveries.c.inbox.in_(theirs)).limit(1)) is None:
        return
    unmeant = sorted(theirs - set(followers_inboxes(uow, target)))
    uow.ground.run(update(deliveries).where(*waits, deliveries.c.inbox.in_(unmeant)).values(state="dropped"))
