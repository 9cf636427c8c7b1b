"""A community of this site as its gare centrale, then its repertoire, what comes from elsewhere, and its links."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.gatherings import gathering
from node.web.lists import repertoire
from node.web.station import station


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The page of a community that lives here; raises NotFound for any other."""
    desk = Desk(uow, visit)
    row = desk.here(f"/communautes/{visit.path['slug']}")
    values = gathering(desk, row)
    return View(title=values["community"].name, values={**values, **station(desk, row, values)})


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """Its own repertoire."""
    desk = Desk(uow, visit)
    return repertoire(desk, desk.here(f"/communautes/{visit.path['slug']}"))


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}", right="anyone", show=show, listing=listed)
