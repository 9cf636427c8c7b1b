"""Block: somebody elsewhere wants nothing to do with one of ours any more; or a coordinator shuts somebody out of a community.

Spec: ActivityPub §6.9.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.activities import about
from node.domain.following import LinkEvent
from node.errors import NotAllowed
from node.storage.gathering import is_moderator
from node.storage.linking import move, withhold
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It is about one actor; out of a community only those who coordinate it shut anybody."""
    about(verified.activity)
    community = _community(verified)
    if house.is_local(community) and not is_moderator(uow, house, verified.actor, community):
        raise NotAllowed("Only those who coordinate a community shut somebody out of it.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Ends the links between the two, in both directions; what waited to be sent is not sent any more."""
    whom, community = about(verified.activity).iri, _community(verified)
    one = verified.actor
    ended = 0
    if house.is_local(community):
        one = community
        ended += uow.members.leave(whom, community, house.now)
        withhold(uow, whom, house.now)
    links = [uow.followings.get(one, whom), uow.followings.get(whom, one)]
    for link in links:
        if link is not None and link.state != "ended" and move(uow, link, LinkEvent.END, house.now) is not None:
            ended += 1
    return Outcome.DONE if ended else Outcome.IGNORED


def _community(verified: Verified) -> str:
    activity = verified.activity
    return activity.target.iri if isinstance(activity, Activity) and activity.target is not None else ""


HANDLER = Handler(activity="Block", check=check, receive=receive)
