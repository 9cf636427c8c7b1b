"""Who takes part in an event of ours: how many, to whoever may see the event; who, to those who organise it.

Spec: FEP-8a8e §Attendees Collection.
"""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.domain.participation import State
from node.domain.rights import Deed, may
from node.domain.spaces import attendees_of
from node.domain.visibility import scope_of
from node.errors import NotFound
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from node.web.series import AFTER, PAGE, Series, is_page, part, whole


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """Those who take part in the event at this address; raises NotFound unless the reader may see the event."""
    event = f"{visit.house.url}/rencontres/{visit.path['id']}"
    stored = uow.things.get(event, scope_of(visit.reader))
    if stored is None or stored.entry.deleted_at is not None:
        raise NotFound
    series = Series(iri=attendees_of(event), owner=stored.entry.author, total=uow.participations.count(event))
    if not is_page(visit):
        return whole(series)
    people = [row.person for row in uow.participations.of(event, {State.ACCEPTED})] if _organises(uow, visit, stored) else []
    after = visit.query.get(AFTER, "")
    left = people[people.index(after) + 1 :] if after in people else people
    return part(series, visit, [(person, person) for person in left[: PAGE + 1]])


def _organises(uow: UnitOfWork, visit: Visit, stored: StoredThing) -> bool:
    """Whether the reader wrote the event, or looks after the community that holds it."""
    entry, reader = stored.entry, visit.reader.actor
    if not reader or reader == entry.author:
        return bool(reader)
    rows = uow.members.of(entry.community, visit.house.now) if entry.community else []
    return may([row.role for row in rows if row.person == reader], Deed.EDIT_ANY)


ENDPOINT = Endpoint(path="/rencontres/{id:[A-Za-z0-9_-]+}/participations", answer=answer)
