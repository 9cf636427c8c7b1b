"""Opening a community: a name is enough."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.founding import patterns


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Three fields, and what it begins with."""
    desk = Desk(uow, visit)
    return View(title=desk.tongue.say("Ouvrir une communauté"), values={"patterns": patterns(desk.language)})


PAGE = Page(path="/nouvelle-communaute", right="admin", show=show)
