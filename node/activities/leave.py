"""Leave: somebody elsewhere no longer takes part in an event of ours.

Spec: ActivityStreams 2.0 §Leave.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome, names_one_thing
from node.domain.activities import about
from node.storage.participating import left
from node.storage.unit_of_work import UnitOfWork


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Ends the participation of the very actor that sent it; whoever takes part in nothing leaves nothing."""
    iri = about(verified.activity).iri
    return Outcome.DONE if house.is_local(iri) and left(uow, house, iri, verified.actor) else Outcome.IGNORED


HANDLER = Handler(activity="Leave", check=names_one_thing, receive=receive)
