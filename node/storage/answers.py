"""Finds the link that an answer from elsewhere is about: only one that was asked for here, and only of the one who answers."""

from __future__ import annotations

from federation.messages import Verified
from node.domain.activities import actor_of, inner
from node.errors import NotFound
from node.storage.here import Here
from node.storage.shelves.followings import FollowingRow
from node.storage.unit_of_work import UnitOfWork


def asked(uow: UnitOfWork, here: Here, verified: Verified) -> FollowingRow:
    """The link whose Follow an Accept or Reject answers, by its id, else by who asked whom.

    Raises NotFound unless somebody here sent that Follow to the very actor that answers.
    """
    follow = inner(verified.activity)
    known = uow.followings.by_activity(follow.id) if follow.id else None
    if known is None or known.target != verified.actor:
        # Some embed the request under an id of their own, or name only who asked.
        asker, asked_of = actor_of(follow) or follow.id, [ref.iri for ref in follow.object] or [verified.actor]
        known = uow.followings.get(asker, verified.actor) if asked_of == [verified.actor] else None
    if known is None or not here.is_local(known.follower):
        raise NotFound("No such request was ever sent from here to the one who answers.")
    return known


def is_stale(uow: UnitOfWork, known: FollowingRow, verified: Verified) -> bool:
    """Whether an answer is about an earlier request of ours, not about the one that counts: it was overtaken on its way.

    A late Accept counts all the same when that request was neither taken back nor refused: it was only repeated meanwhile.
    """
    named = inner(verified.activity).id
    asked_first = uow.outbox.get(named) if named and named != known.activity else None
    if asked_first is None:
        return False
    if verified.activity.type != "Accept" or known.state == "refused":
        return True
    later = [row for row in uow.outbox.about(known.target) if row.seq > asked_first.seq and row.actor == known.follower]
    return any(row.type == "Undo" for row in later)
