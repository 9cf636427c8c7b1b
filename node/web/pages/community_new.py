"""Opening a community: a name is enough."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Three fields."""
    desk = Desk(uow, visit)
    return View(title=desk.tongue.say("Ouvrir une communauté"), values={})


PAGE = Page(path="/nouvelle-communaute", right="admin", show=show)
