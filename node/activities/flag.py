"""Flag: somebody elsewhere reports a thing or an actor of ours, or of a community of ours. The report waits for people to decide.

Spec: ActivityStreams 2.0 §Flag.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.html import plain
from node.errors import Invalid
from node.storage.hosts import host_of
from node.storage.office import keepers
from node.storage.shelves.reports import Complaint
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity
from vocab.values import Text

#: What is kept of a report: so many addresses, so many characters.
MOST_OBJECTS = 20
LONGEST = 2_000


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It names something."""
    del uow, house
    activity = verified.activity
    if not isinstance(activity, Activity) or not activity.object:
        raise Invalid("This report is about nothing.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Kept when it is about anything of ours; what else it names is left out."""
    activity = verified.activity
    named = [ref.iri for ref in activity.object if ref.iri] if isinstance(activity, Activity) else []
    ours = [iri for iri in dict.fromkeys(named[: 5 * MOST_OBJECTS]) if _is_ours(uow, house, iri)][:MOST_OBJECTS]
    if not ours or not isinstance(activity, Activity):
        return Outcome.IGNORED
    complaint = Complaint(
        activity=activity.id,
        reporter=verified.actor,
        host=host_of(verified.actor),
        objects=tuple(ours),
        content=_words(activity.content) or _words(activity.summary),
    )
    if not uow.reports.add(complaint, house.now):
        return Outcome.IGNORED
    for keeper in keepers(uow, house):
        uow.notices.add(keeper, "report", f"{house.url}/signalements", house.now)
    return Outcome.DONE


def _is_ours(uow: UnitOfWork, house: House, iri: str) -> bool:
    """Whether an address is one of ours, or that of a thing which a community of ours published."""
    if house.is_local(iri):
        return True
    stored = uow.things.get_any(iri)
    return stored is not None and house.is_local(stored.entry.community)


def _words(said: Text | None) -> str:
    return plain(said.primary)[:LONGEST] if said is not None else ""


HANDLER = Handler(activity="Flag", check=check, receive=receive)
