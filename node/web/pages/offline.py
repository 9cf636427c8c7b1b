"""What is shown where there is no connection: the public pages that this browser kept; the same for everybody."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The page; what was kept is known to the browser alone, which puts it in."""
    return View(title=Desk(uow, visit).tongue.say("Sans connexion"), values={})


PAGE = Page(path="/hors-ligne", right="anyone", show=show)
