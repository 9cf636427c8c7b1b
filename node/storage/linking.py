"""Moves a link on, and sees to what follows: guests come and go with it, and what waits for somebody who left does not leave."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from federation.outbox import follow
from node.domain.following import LinkEvent, LinkState, after
from node.domain.rights import GUEST
from node.storage.here import Here
from node.storage.receivers import followers_inboxes
from node.storage.sending import send
from node.storage.shelves.actors import ActorRow
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
