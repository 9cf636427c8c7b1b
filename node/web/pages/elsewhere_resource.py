"""A resource from elsewhere, as it is known here, with its origin in view."""

from __future__ import annotations

from http import HTTPStatus

from node.contracts import Listing, Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.contents import resource
from node.web.desk import Desk
from node.web.reading import gone, reading
from node.web.schema_org import signposts


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The copy of what `iri` names; raises NotFound for what is not here or may not be seen."""
    desk = Desk(uow, visit)
    stored = uow.things.get(visit.query.get("iri", ""), desk.scope)
    if stored is None:
        raise NotFound
    if stored.entry.deleted_at:
        return View(title=desk.tongue.say("Cette page a été retirée"), values=gone(stored), status=HTTPStatus.GONE)
    values = reading(desk, stored)
    return View(title=values["heading"], values=values, things=[stored.thing], links=signposts(stored))


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The copy alone, or what it leads to."""
    desk = Desk(uow, visit)
    return resource(desk, uow.things.get(visit.query.get("iri", ""), desk.scope))


PAGE = Page(path="/ailleurs/ressource", right="anyone", show=show, listing=listed)
