"""About this site: who answers for it, open data, accessibility, privacy."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import document_of
from node.web.desk import Desk
from node.web.wording import excerpt


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What everybody may know of this site."""
    desk = Desk(uow, visit)
    row = uow.actors.get(visit.house.organisation)
    summary, _ = desk.worded(getattr(document_of(row), "summary", None) if row else None)
    return View(
        title=desk.tongue.say("À propos"),
        values={"summary": excerpt(summary, 600), "address": f"@{row.username}@{row.host}" if row and row.username else ""},
    )


PAGE = Page(path="/a-propos", right="anyone", show=show)
