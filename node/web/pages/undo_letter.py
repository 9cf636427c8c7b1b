"""The page behind « annuler » in the letter that answers what was shared by letter; looking at it takes nothing back."""

from __future__ import annotations

from node.actions.share import BY_LETTER, may_undo
from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk

PATH = "/partager/lettre"


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What would be taken back, by its title as the letter says it, and the button."""
    token = visit.query.get("jeton", "")[:200]
    found = uow.sessions.look_at_token(BY_LETTER, token, visit.house.now) if token else None
    known = uow.things.get_any(found.content) if found else None
    is_open = known is not None and found is not None and may_undo(known.entry, found.person, visit.house)
    values = {
        "token": token if is_open else "",
        "name": known.entry.name if known is not None and is_open else "",
        "is_done": visit.query.get("fait") == "annule",
    }
    return View(title=Desk(uow, visit).tongue.say("Annuler la publication"), values=values, is_secret=True)


PAGE = Page(path=PATH, right="anyone", show=show)
