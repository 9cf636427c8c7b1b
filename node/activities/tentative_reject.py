"""TentativeReject: a community elsewhere does not take a message of somebody here for now; somebody of it will look at it.

Spec: ActivityPub §7.7.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.errors import NotFound
from node.storage.declining import declined, hear
from node.storage.unit_of_work import UnitOfWork


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It answers a message that somebody here sent to this very actor."""
    del house
    if declined(uow, verified) is None:
        raise NotFound("Nothing of the kind was ever sent from here to the one who answers.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Its author learns that it waits."""
    message = declined(uow, verified)
    if message is None:
        return Outcome.IGNORED
    hear(uow, house, verified, message, is_final=False)
    return Outcome.DONE


HANDLER = Handler(activity="TentativeReject", check=check, receive=receive)
