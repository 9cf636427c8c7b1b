"""The copies of this node: here, and sealed elsewhere; and what came of putting one back to see."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.copying import PATH, copies
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Where they are, and the form for a place elsewhere."""
    desk = Desk(uow, visit)
    return View(title=desk.tongue.say("Les sauvegardes"), values=copies(desk), is_secret=True)


PAGE = Page(path=PATH, right="admin", show=show)
