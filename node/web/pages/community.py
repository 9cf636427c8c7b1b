"""A community of this site: who it is, its repertoire, what comes from elsewhere, its links, where it touches others."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.errors import NotFound
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.gatherings import gathering
from node.web.lists import repertoire


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The page of a community that lives here; raises NotFound for any other."""
    values = gathering(Desk(uow, visit), _community(uow, visit))
    return View(title=values["community"].name, values=values)


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """Its own repertoire."""
    return repertoire(Desk(uow, visit), _community(uow, visit))


def _community(uow: UnitOfWork, visit: Visit) -> ActorRow:
    row = uow.actors.get(f"{visit.house.url}/communautes/{visit.path['slug']}")
    if row is None or not row.is_local or row.state != "active":
        raise NotFound
    return row


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}", right="anyone", show=show, listing=listed)
