"""The page from which somebody goes to their organisation's own door: a form may not lead to another site, a page may."""

from __future__ import annotations

from node.actions.vouch import OUT
from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.doors import BY_PROVIDER


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Where they go, once; raises NotFound when nobody is on the way."""
    found = uow.sessions.look_at_token(OUT, visit.query.get("etape", "")[:200], visit.house.now)
    if found is None:
        raise NotFound
    return View(title=Desk(uow, visit).tongue.say("Vers votre organisation"), values={"there": found.content}, is_secret=True)


PAGE = Page(path=BY_PROVIDER, right="anyone", show=show)
