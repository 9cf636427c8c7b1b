"""Which of its own actors follow one of ours, told to each server that asks with its signature, and to nobody else.

Spec: FEP-8fcf §Partial follower collection.
"""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.errors import NotFound
from node.storage.synchronising import followers_on, partial_address
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import ACTIVITY
from vocab import jsonld
from vocab.things.ordered_collection import OrderedCollection
from vocab.values import Ref


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The followers from the server of whoever signed; raises NotFound for all others."""
    asker, actor = visit.reader.actor, f"{visit.house.url}/{visit.path['actor']}"
    row = uow.actors.get(actor)
    if not asker or visit.house.is_local(asker) or row is None or not row.is_local or row.state != "active":
        raise NotFound
    found = sorted(followers_on(uow, actor, asker))
    listed = OrderedCollection(id=partial_address(actor), total_items=len(found), items=tuple(Ref(iri) for iri in found))
    return Reply(body=jsonld.dump(listed), media_type=ACTIVITY)


ENDPOINT = Endpoint(
    path="/{actor:organisation|communautes/[a-z0-9-]+|personnes/[a-z0-9-]+}/followers_synchronization", answer=answer
)
