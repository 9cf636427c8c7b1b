"""The page behind a one-time link: a button that opens the session. Looking at it uses nothing up."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The button, with the token that the link carries."""
    desk = Desk(uow, visit)
    token = visit.query.get("jeton", "")[:200]
    return View(title=desk.tongue.say("Entrer"), values={"token": token}, is_secret=bool(token))


PAGE = Page(path="/entrer", right="anyone", show=show)
