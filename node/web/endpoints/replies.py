"""The answers to a thing of ours, as its `replies` name them, as far as the reader may see them. Spec: ActivityPub §5."""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.domain.publishing import no_wider
from node.domain.spaces import answers_to
from node.domain.visibility import scope_of
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.series import AFTER, PAGE, Series, is_page, part, whole


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The answers to the thing at this address, or a page of them; raises NotFound unless the reader may see the thing."""
    thing, scope = f"{visit.house.url}/{visit.path['shelf']}/{visit.path['id']}", scope_of(visit.reader)
    stored = uow.things.get(thing, scope)
    if stored is None or stored.entry.deleted_at is not None:
        raise NotFound
    audiences = no_wider(stored.entry.audience)
    total = uow.threads.count_answers(thing, scope=scope, audiences=audiences)
    series = Series(iri=answers_to(thing), owner=stored.entry.author, total=total)
    if not is_page(visit):
        return whole(series)
    turns = uow.threads.answers(thing, scope=scope, audiences=audiences, limit=PAGE + 1, after=visit.query.get(AFTER))
    return part(series, visit, [(turn.thing.entry.iri, turn.cursor) for turn in turns])


ENDPOINT = Endpoint(
    path="/{shelf:ressources|termes|correspondances|lieux|rencontres|echanges}/{id:[A-Za-z0-9_-]+}/reponses", answer=answer
)
