"""Ignore: an event elsewhere takes no requests of the kind that somebody here sent.

Spec: FEP-8a8e §Not handling RSVP.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.participation import State
from node.errors import NotFound
from node.storage.participating import joined, settle
from node.storage.unit_of_work import UnitOfWork


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It answers a Join that somebody here sent to this very actor."""
    if joined(uow, house, verified) is None:
        raise NotFound("No such request was ever sent from here to the one who answers.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """The person is told that the event takes no registrations this way."""
    row = joined(uow, house, verified)
    is_news = row is not None and settle(uow, house, row, State.IGNORED)
    return Outcome.DONE if is_news else Outcome.IGNORED


HANDLER = Handler(activity="Ignore", check=check, receive=receive)
