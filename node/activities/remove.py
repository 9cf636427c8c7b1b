"""Remove: a community that is followed from here takes something out of its repertoire.

Spec: ActivityPub §7.9.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.activities import about
from node.storage.repertoires import followed_repertoire
from node.storage.unit_of_work import UnitOfWork


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It is about one thing that has an address."""
    del uow, house
    about(verified.activity)


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """The community no longer holds the thing; the thing itself stays where others hold it."""
    if not followed_repertoire(uow, house, verified):
        return Outcome.IGNORED
    is_removed = uow.holdings.remove(verified.actor, about(verified.activity).iri)
    return Outcome.DONE if is_removed else Outcome.IGNORED


HANDLER = Handler(activity="Remove", check=check, receive=receive)
