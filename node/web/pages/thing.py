"""Anything published here, at its own address: a resource, a term, a mapping, a place, a meeting, an exchange."""

from __future__ import annotations

from http import HTTPStatus

from node.contracts import Listing, Page, View, Visit
from node.errors import NotFound
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from node.web.contents import resource
from node.web.desk import Desk
from node.web.reading import gone, reading
from node.web.schema_org import signposts


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The thing whose IRI is this address; what was withdrawn says so, what may not be seen is NotFound."""
    desk = Desk(uow, visit)
    stored = _stored(desk)
    if stored is None:
        raise NotFound
    if stored.entry.deleted_at:
        return View(title=desk.tongue.say("Cette page a été retirée"), values=gone(stored), status=HTTPStatus.GONE)
    values = reading(desk, stored)
    return View(title=values["heading"], values=values, things=[stored.thing], links=signposts(stored))


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The thing alone, or what it leads to."""
    desk = Desk(uow, visit)
    return resource(desk, _stored(desk))


def _stored(desk: Desk) -> StoredThing | None:
    path = desk.visit.path
    return desk.uow.things.get(f"{desk.visit.house.url}/{path['shelf']}/{path['id']}", desk.scope)


PAGE = Page(
    path="/{shelf:ressources|termes|correspondances|lieux|rencontres|echanges}/{id:[A-Za-z0-9_-]+}",
    right="anyone",
    show=show,
    listing=listed,
)
