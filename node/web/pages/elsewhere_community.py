"""A community from elsewhere, as it is known here: what of its repertoire has come over, and its links with ours."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.errors import NotFound
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.gatherings import gathering
from node.web.lists import repertoire


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The community that `iri` names; raises NotFound for one that is not known here."""
    values = gathering(Desk(uow, visit), _community(uow, visit))
    return View(title=values["community"].name, values=values)


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """What of its repertoire can be read here."""
    return repertoire(Desk(uow, visit), _community(uow, visit))


def _community(uow: UnitOfWork, visit: Visit) -> ActorRow:
    row = uow.actors.get(visit.query.get("iri", ""))
    if row is None or row.type != "Group" or row.state != "active":
        raise NotFound
    return row


PAGE = Page(path="/ailleurs/communaute", right="anyone", show=show, listing=listed)
