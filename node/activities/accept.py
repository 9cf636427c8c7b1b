"""Accept: a community elsewhere lets one of ours follow it, or an event there somebody take part.

Spec: ActivityPub §7.6.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.errands import BACKFILL, CATCH_UP, link
from node.domain.following import LinkEvent, LinkState, after
from node.domain.participation import State
from node.errors import Conflict
from node.storage.answers import asked, is_stale
from node.storage.link_notices import ACCEPTED, tell_animators
from node.storage.participating import joined, settle
from node.storage.unit_of_work import UnitOfWork


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It answers a Follow or a Join that somebody here sent to this very actor."""
    if joined(uow, house, verified) is not None:
        return
    known = asked(uow, house, verified)
    if after(LinkState(known.state), LinkEvent.ACCEPT) is None:
        raise Conflict(f"This link is {known.state}; there is nothing to accept.")
    if is_stale(uow, known, verified):
        raise Conflict("This answers an earlier request, not the one that counts.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """The link holds from now on; the repertoire is fetched."""
    taking_part = joined(uow, house, verified)
    if taking_part is not None:
        return Outcome.DONE if settle(uow, house, taking_part, State.ACCEPTED) else Outcome.IGNORED
    known = asked(uow, house, verified)
    state = after(LinkState(known.state), LinkEvent.ACCEPT)
    if state is None:
        return Outcome.IGNORED
    if state.value == known.state:
        # Accepted anew, as after a pause: what was missed is asked for now instead of at the next full hour.
        uow.tasks.wake(CATCH_UP, link(known.follower, known.target))
        return Outcome.DONE
    uow.followings.set_state(known.follower, known.target, state.value, house.now)
    uow.tasks.wake(BACKFILL, link(known.follower, known.target))
    tell_animators(uow, house, known.follower, ACCEPTED, known.target)
    return Outcome.DONE


HANDLER = Handler(activity="Accept", check=check, receive=receive)
