"""Any thing of this node, at its own address: the document as it is stored, or 410 with its tombstone."""

from __future__ import annotations

from http import HTTPStatus

from node.contracts import Endpoint, Reply, Visit
from node.domain.visibility import scope_of
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import ACTIVITY


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The thing whose IRI is this address, as far as the reader may see it; a tombstone is judged as the thing was."""
    iri = f"{visit.house.url}/{visit.path['shelf']}/{visit.path['id']}"
    stored = uow.things.get(iri, scope_of(visit.reader))
    if stored is None:
        raise NotFound
    status = HTTPStatus.GONE if stored.entry.deleted_at else HTTPStatus.OK
    return Reply(body=stored.document, media_type=ACTIVITY, status=status)


ENDPOINT = Endpoint(
    path="/{shelf:ressources|termes|correspondances|lieux|rencontres|echanges}/{id:[A-Za-z0-9_-]+}", answer=answer
)
