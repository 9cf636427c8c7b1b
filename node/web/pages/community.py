"""A community of this site: who it is, its repertoire, what comes from elsewhere, its links, where it touches others."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.gatherings import gathering


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The page of a community that lives here; raises NotFound for any other."""
    row = uow.actors.get(f"{visit.house.url}/communautes/{visit.path['slug']}")
    if row is None or not row.is_local or row.state != "active":
        raise NotFound
    values = gathering(Desk(uow, visit), row)
    return View(title=values["community"].name, values=values)


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}", right="anyone", show=show)
