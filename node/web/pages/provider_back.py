"""The page to which an organisation sends somebody back; looking at it opens nothing."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.doors import RETURN

_LONGEST = 4_000


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The button that brings to this site what the organisation gave along."""
    values = {name: visit.query.get(name, "")[:_LONGEST] for name in ("code", "state", "iss")}
    is_open = bool(values["code"] and values["state"]) and not visit.problems
    return View(title=Desk(uow, visit).tongue.say("Entrer"), values={**values, "is_open": is_open}, is_secret=True)


PAGE = Page(path=RETURN, right="anyone", show=show)
