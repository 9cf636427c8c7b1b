"""The organisation that runs this site: who it is, its communities, its address."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import community_cards, document_of
from node.web.desk import Desk
from node.web.wording import excerpt


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The page of the organisation; raises NotFound before the site is set up."""
    desk = Desk(uow, visit)
    row = uow.actors.get(visit.house.organisation)
    if row is None:
        raise NotFound
    summary, _ = desk.worded(getattr(document_of(row), "summary", None))
    return View(
        title=row.name or visit.house.name,
        values={
            "iri": row.iri,
            "summary": excerpt(summary, 600),
            "address": f"@{row.username}@{row.host}" if row.username else "",
            "communities": community_cards(desk, [found for iri in desk.communities if (found := uow.actors.get(iri))]),
        },
    )


PAGE = Page(path="/organisation", right="anyone", show=show)
