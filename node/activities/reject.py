"""Reject: a community elsewhere refuses one of ours or a message, or no longer lets it follow; an event refuses who asked.

Spec: ActivityPub §7.7.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.following import LinkEvent, LinkState, after
from node.domain.participation import State
from node.errors import Conflict
from node.storage.answers import asked, is_stale
from node.storage.declining import declined, hear
from node.storage.link_notices import REFUSED, tell_animators
from node.storage.participating import joined, settle
from node.storage.unit_of_work import UnitOfWork


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It answers a Follow, a Join or a message that somebody here sent to this very actor."""
    if declined(uow, verified) is not None or joined(uow, house, verified) is not None:
        return
    known = asked(uow, house, verified)
    if after(LinkState(known.state), LinkEvent.REFUSE) is None:
        raise Conflict(f"This link is {known.state}; there is nothing to refuse.")
    if is_stale(uow, known, verified):
        raise Conflict("This answers an earlier request, not the one that counts.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """The link is refused, were it accepted before or not; the author of a message learns why it was not taken."""
    message = declined(uow, verified)
    if message is not None:
        hear(uow, house, verified, message, is_final=True)
        return Outcome.DONE
    taking_part = joined(uow, house, verified)
    if taking_part is not None:
        return Outcome.DONE if settle(uow, house, taking_part, State.REFUSED) else Outcome.IGNORED
    known = asked(uow, house, verified)
    state = after(LinkState(known.state), LinkEvent.REFUSE)
    if state is None or state.value == known.state:
        return Outcome.IGNORED
    uow.followings.set_state(known.follower, known.target, state.value, house.now)
    tell_animators(uow, house, known.follower, REFUSED, known.target)
    return Outcome.DONE


HANDLER = Handler(activity="Reject", check=check, receive=receive)
