"""Remove: a community followed from here takes something out of its repertoire or list, or one of ours off its followers.

Spec: ActivityPub §7.9.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome, names_one_thing
from node.domain.activities import about
from node.domain.following import LinkEvent
from node.storage.featuring import chosen_by
from node.storage.linking import move
from node.storage.participating import turned_away
from node.storage.repertoires import followed_repertoire
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """The community no longer holds the thing, which stays where others hold it. A follower removed follows no more.

    Whoever answers for an event may take somebody here off the list of those who take part.
    """
    if not followed_repertoire(uow, house, verified):
        is_gone = (
            _lets_go(uow, house, verified) or chosen_by(uow, house, verified, is_added=False) or turned_away(uow, house, verified)
        )
        return Outcome.DONE if is_gone else Outcome.IGNORED
    is_removed = uow.holdings.remove(verified.actor, about(verified.activity).iri)
    return Outcome.DONE if is_removed else Outcome.IGNORED


def _lets_go(uow: UnitOfWork, house: House, verified: Verified) -> bool:
    """Whether the sender took one of ours off the list of its own followers: that ends the link as a refusal does."""
    activity, actor = verified.activity, uow.actors.get(verified.actor)
    target = activity.target.iri if isinstance(activity, Activity) and activity.target is not None else ""
    link = uow.followings.get(about(activity).iri, verified.actor)
    if actor is None or not target or actor.followers != target or link is None or not house.is_local(link.follower):
        return False
    return move(uow, link, LinkEvent.REFUSE, house.now) is not None


HANDLER = Handler(activity="Remove", check=names_one_thing, receive=receive)
