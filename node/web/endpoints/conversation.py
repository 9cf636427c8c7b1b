"""A conversation that began here: all that belongs to it, of its author or the community it was begun in.

What others say to belong to it is listed once it answers something in it, and never to more people than may see its beginning.
Spec: FEP-7888 §Publishing context.
Spec: FEP-f228 §Collection of posts.
"""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.domain.publishing import no_wider
from node.domain.spaces import beginnings
from node.domain.visibility import Scope, scope_of
from node.errors import NotFound
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from node.web.series import AFTER, PAGE, Series, is_page, part, whole


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The conversation at this address, or a page of it; raises NotFound unless the reader may see what it began with."""
    iri, scope = f"{visit.house.url}/conversations/{visit.path['id']}", scope_of(visit.reader)
    begun = _beginning(uow, visit, iri, scope)
    audiences = no_wider(begun.entry.audience)
    owner = begun.entry.community or begun.entry.author
    series = Series(iri=iri, owner=owner, total=uow.threads.count(iri, scope=scope, audiences=audiences))
    if not is_page(visit):
        return whole(series)
    turns = uow.threads.of(iri, scope=scope, audiences=audiences, limit=PAGE + 1, after=visit.query.get(AFTER))
    return part(series, visit, [(turn.thing.entry.iri, turn.cursor) for turn in turns])


def _beginning(uow: UnitOfWork, visit: Visit, iri: str, scope: Scope) -> StoredThing:
    for thing in beginnings(visit.house.url, visit.path["id"]):
        place = uow.threads.get(thing)
        stored = uow.things.get(thing, scope) if place is not None and place.context == iri else None
        if stored is not None:
            return stored
    raise NotFound


ENDPOINT = Endpoint(path="/conversations/{id:[A-Za-z0-9_-]+}", answer=answer)
