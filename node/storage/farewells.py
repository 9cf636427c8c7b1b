"""What ends when an actor is gone: links, memberships, proposals, what was on its way, what it wrote if its server says so."""

from __future__ import annotations

from datetime import datetime

from node.domain.errands import FETCH, Errand
from node.storage.linking import end_all
from node.storage.unit_of_work import UnitOfWork

#: So many of the things that somebody leaves behind are asked for at their server, the newest first.
MOST_LEFT_BEHIND = 2_000


def end_of(uow: UnitOfWork, actor: str, at: datetime) -> None:
    """Marks an actor as gone, and ends every link and membership it had; nothing that it proposed waits any more.

    What it published is asked for: most servers let it go with its author and say no more. Else it stays.
    """
    known = uow.actors.get(actor)
    if known is not None and not known.is_local:
        uow.actors.set_state(actor, "gone")
        if known.inbox and not known.shared_inbox:
            uow.deliveries.drop_inbox(known.inbox)
    uow.reactions.forget_actor(actor)
    uow.submissions.withdraw_all(actor, at)
    end_all(uow, actor, at)
    for community in uow.members.communities_of(actor, at):
        uow.members.leave(actor, community, at)
    for iri in uow.things.written_by(actor, MOST_LEFT_BEHIND):
        errand = Errand(iri=iri, is_vouched=True, budget=0)
        uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())
