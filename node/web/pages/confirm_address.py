"""The page behind the letter to a new address; looking at it confirms nothing."""

from __future__ import annotations

from node.actions.change_account import BY_ADDRESS
from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.doors import ADDRESS


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The address to be confirmed, as the letter says it, and the button."""
    token = visit.query.get("jeton", "")[:200]
    found = uow.sessions.look_at_token(BY_ADDRESS, token, visit.house.now) if token else None
    values = {"token": token if found else "", "email": found.content if found else ""}
    return View(title=Desk(uow, visit).tongue.say("Confirmer mon adresse"), values=values, is_secret=True)


PAGE = Page(path=ADDRESS, right="anyone", show=show)
