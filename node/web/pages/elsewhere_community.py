"""A community from elsewhere, as it is known here: what of its repertoire has come over, and its links with ours."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.gatherings import gathering


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The community that `iri` names; raises NotFound for one that is not known here."""
    row = uow.actors.get(visit.query.get("iri", ""))
    if row is None or row.type != "Group" or row.state != "active":
        raise NotFound
    values = gathering(Desk(uow, visit), row)
    return View(title=values["community"].name, values=values)


PAGE = Page(path="/ailleurs/communaute", right="anyone", show=show)
