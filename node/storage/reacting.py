"""What people elsewhere think of public things here: kept and counted; what is not for everybody is as if it were not there."""

from __future__ import annotations

from federation.addresses import same_origin
from federation.messages import Verified
from node.domain.activities import about, actor_of
from node.domain.rights import Deed, may
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.here import Here
from node.storage.passing import Passage, pass_on, whole_readers
from node.storage.receivers import followers_inboxes
from node.storage.shelves.reactions import Kind
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity


def react(uow: UnitOfWork, here: Here, verified: Verified, kind: Kind, *, but_groups: bool = False) -> bool:
    """Notes a reaction to something public of ours, or of a community of ours; False when there is no such thing, or for a copy.

    `but_groups`: what a group does so is no reaction.
    """
    stored = uow.things.get(about(verified.activity).iri, PUBLIC_SCOPE)
    if stored is None or stored.entry.deleted_at is not None:
        return False
    community = _ours(uow, stored.entry.community)
    if not stored.entry.is_local and not community:
        return False
    actor = uow.actors.get(verified.actor) if but_groups else None
    if actor is not None and actor.type == "Group":
        return False
    activity = verified.activity.id
    if not uow.reactions.add(stored.entry.iri, verified.actor, kind, activity=activity, at=here.now):
        return False
    _pass_on(uow, here, verified, community, stored.entry.iri)
    return True


def take_back_reaction(uow: UnitOfWork, here: Here, verified: Verified, kind: Kind) -> bool:
    """Forgets a reaction that its author takes back, by its id, else by what it was about; False when there was none.

    `verified.activity` is the reaction as the Undo names it.
    """
    undone = verified.activity
    named = undone.object if isinstance(undone, Activity) else ()
    if actor_of(undone) not in {"", verified.actor}:
        return False
    thing = named[0].iri if len(named) == 1 else ""
    reacted = uow.reactions.remove(verified.actor, kind, activity=undone.id, thing=thing)
    if reacted:
        stored = uow.things.get(reacted, PUBLIC_SCOPE)
        community = _ours(uow, stored.entry.community) if stored is not None else ""
        _pass_on(uow, here, verified, community, reacted)
    return bool(reacted)


def _pass_on(uow: UnitOfWork, here: Here, verified: Verified, community: str, thing: str) -> None:
    """A community tells other forums of what its members think; to microblogs an Announce of a reaction says nothing."""
    activity = _activity_in(verified)
    if not community or not activity or not may(uow.members.roles(verified.actor, community, here.now), Deed.DISCUSS):
        return
    passage = Passage(community=community, activity=activity, document=verified.body, thing=thing)
    inboxes = whole_readers(uow, followers_inboxes(uow, community))
    if inboxes:
        pass_on(uow, here, passage, inboxes)


def _activity_in(verified: Verified) -> str:
    """The id of the activity in the bytes that came: of an Undo, not of what it undoes."""
    whole = jsonld.read(verified.body)
    return whole.id if same_origin(whole.id, verified.actor) else ""


def _ours(uow: UnitOfWork, community: str) -> str:
    row = uow.actors.get(community) if community else None
    return community if row is not None and row.is_local else ""
