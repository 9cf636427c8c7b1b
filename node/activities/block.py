"""Block: somebody elsewhere wants nothing to do with one of ours any more; the links between the two end.

Spec: ActivityPub §6.9.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.activities import about
from node.domain.following import LinkEvent, LinkState, after
from node.storage.unit_of_work import UnitOfWork


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It is about one actor."""
    del uow, house
    about(verified.activity)


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Ends the links between the two, in both directions."""
    ours = about(verified.activity).iri
    links = [uow.followings.get(verified.actor, ours), uow.followings.get(ours, verified.actor)]
    ended = 0
    for link in links:
        state = after(LinkState(link.state), LinkEvent.END) if link is not None else None
        if link is not None and state is not None and state.value != link.state:
            uow.followings.set_state(link.follower, link.target, state.value, house.now)
            ended += 1
    return Outcome.DONE if ended else Outcome.IGNORED


HANDLER = Handler(activity="Block", check=check, receive=receive)
