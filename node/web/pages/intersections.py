"""Where communities touch: every intersection known here, the strongest first."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.crossings import crossing
from node.web.desk import Desk
from node.web.translations import phrase


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The list; intersections rest on what is public alone, so that everybody sees the same."""
    desk = Desk(uow, visit)
    found = [crossing(desk, row) for row in uow.intersections.all()]
    return View(title=desk.tongue.say("Intersections"), values={"crossings": found})


PAGE = Page(path="/intersections", right="anyone", show=show, menu=4, label=phrase("Intersections"))
