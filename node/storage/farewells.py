"""What ends when an actor is gone: its links in both directions, and what was still on its way to it."""

from __future__ import annotations

from datetime import datetime

from node.storage.linking import end_all
from node.storage.unit_of_work import UnitOfWork


def end_of(uow: UnitOfWork, actor: str, at: datetime) -> None:
    """Marks an actor as gone and ends every link it had. What it published stays until its own server says otherwise."""
    known = uow.actors.get(actor)
    if known is not None and not known.is_local:
        uow.actors.set_state(actor, "gone")
        if known.inbox and not known.shared_inbox:
            uow.deliveries.drop_inbox(known.inbox)
    uow.reactions.forget_actor(actor)
    end_all(uow, actor, at)
