"""Update: an author replaces a thing of their own, whole; or an actor says that its own document has changed.

Spec: ActivityPub §7.3.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.activities import about
from node.domain.errands import REFRESH_ACTOR, Errand
from node.storage.tellings import ask_for, keep_told, told
from node.storage.unit_of_work import UnitOfWork


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """The thing is the sender's own; an actor may say that of itself alone."""
    if about(verified.activity).iri != verified.actor:
        told(uow, house, verified)


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Puts the new version in the place of the old one; an actor is read again from its own server."""
    iri = about(verified.activity).iri
    if iri == verified.actor:
        uow.tasks.wake(REFRESH_ACTOR, iri, payload=Errand(iri=iri).payload())
        return Outcome.DONE
    tale = told(uow, house, verified)
    if tale is None:
        ask_for(uow, verified)
        return Outcome.DONE
    return Outcome.DONE if keep_told(uow, house, verified, tale) else Outcome.IGNORED


HANDLER = Handler(activity="Update", check=check, receive=receive)
