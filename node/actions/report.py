"""Reports something elsewhere to those who look after its server; the organisation says it, and names nobody of here.

Spec: ActivityStreams 2.0 §Flag.
"""

from __future__ import annotations

from node.contracts import House
from node.errors import Invalid, NotFound
from node.storage.hosts import host_of
from node.storage.sending import send
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.reports import Complaint
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.flag import Flag
from vocab.values import Ref, Text

LONGEST = 2_000


def report(uow: UnitOfWork, house: House, iri: str, *, reason: str, by: str = "") -> str:
    """Sends a report about a thing or an actor elsewhere that is known here; the host that it went to.

    `by` is who asked for it, kept here alone. Raises NotFound for what is not known or has nobody to tell, Invalid otherwise.
    """
    if house.is_local(iri):
        raise Invalid("This lives here: withdraw it, or talk to its author.")
    if not reason.strip() or len(reason) > LONGEST:
        raise Invalid(f"A report needs a reason, of at most {LONGEST} characters.")
    known, actor = uow.things.get_any(iri), uow.actors.get(iri)
    owner = actor or (uow.actors.get(known.entry.author) if known is not None else None)
    if owner is None or owner.is_local or not owner.inbox:
        raise NotFound("Nothing of that address is known here whose author could be reported.")
    objects = (owner.iri,) if iri == owner.iri else (owner.iri, iri)
    told = send(
        uow,
        house,
        lambda name, at: Flag(
            id=name,
            actor=Ref(house.organisation),
            object=tuple(Ref(each) for each in objects),
            content=Text.of(reason.strip()),
            published=at,
            to=(Ref(owner.iri),),
        ),
        [_door(owner)],
        about="",
    )
    host = host_of(owner.iri)
    complaint = Complaint(
        activity=told.id, reporter=by or house.organisation, host=host, objects=objects, content=reason.strip(), is_ours=True
    )
    uow.reports.add(complaint, house.now)
    return host


def _door(owner: ActorRow) -> str:
    """Where to knock: the server's own inbox, so that the report is not laid before whom it is about."""
    return owner.shared_inbox or owner.inbox
