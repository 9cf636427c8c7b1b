"""Like: somebody elsewhere appreciates a public thing of ours. The message itself is kept; nothing else changes yet.

Spec: ActivityPub §7.10.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.activities import about
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.unit_of_work import UnitOfWork


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It is about one thing that has an address."""
    del uow, house
    about(verified.activity)


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Counts only for what everybody may see; anything else is as if it were not there."""
    iri = about(verified.activity).iri
    is_ours = house.is_local(iri) and uow.things.get(iri, PUBLIC_SCOPE) is not None
    return Outcome.DONE if is_ours else Outcome.IGNORED


def undo(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """The appreciation is taken back; the message that said so is kept."""
    del house
    return Outcome.DONE if uow.inbox.get(verified.activity.id) is not None else Outcome.IGNORED


HANDLER = Handler(activity="Like", check=check, receive=receive, undo=undo)
