"""Undo: somebody takes back what they did. The handler of what is undone knows what that means; here only who may is checked.

Spec: ActivityPub §7.10.
"""

from __future__ import annotations

from federation.addresses import same_origin
from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.activities import inner, must_be_by
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """What is taken back was done by the same actor, and has its address, if any, on the same server."""
    del uow, house
    undone = inner(verified.activity)
    must_be_by(undone, verified.actor)
    if undone.id and not same_origin(undone.id, verified.actor):
        raise NotAllowed("What is taken back is on another server.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Reached only when nobody knows how to take this back: it is kept."""
    del uow, house, verified
    return Outcome.NOT_UNDERSTOOD


HANDLER = Handler(activity="Undo", check=check, receive=receive)
