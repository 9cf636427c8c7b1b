"""Flag: somebody elsewhere reports a thing or an actor of ours. The report is kept for people to look at.

Spec: ActivityStreams 2.0 §Flag.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It names something."""
    del uow, house
    activity = verified.activity
    if not isinstance(activity, Activity) or not activity.object:
        raise Invalid("This report is about nothing.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Kept when it is about anything of ours."""
    del uow
    activity = verified.activity
    objects = activity.object if isinstance(activity, Activity) else ()
    return Outcome.DONE if any(house.is_local(ref.iri) for ref in objects) else Outcome.IGNORED


HANDLER = Handler(activity="Flag", check=check, receive=receive)
