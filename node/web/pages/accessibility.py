"""What this site promises to people with disabilities, what was checked and how, what is not perfect, and whom to tell."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The statement; the same for everybody."""
    desk = Desk(uow, visit)
    return View(title=desk.tongue.say("Accessibilité"), values={"contact": visit.house.contact})


PAGE = Page(path="/accessibilite", right="anyone", show=show)
