"""Receiving e-mail: the box where letters for us lie."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.receiving import PATH, receiving


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What is known of it, and the form for one."""
    desk = Desk(uow, visit)
    return View(title=desk.tongue.say("Recevoir des courriels"), values=receiving(desk), is_secret=True)


PAGE = Page(path=PATH, right="admin", show=show)
