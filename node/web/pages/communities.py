"""The communities of this site."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import community_card, document_of
from node.web.desk import Desk
from node.web.listings import listing
from node.web.translations import phrase


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Every community of this site, by name."""
    desk = Desk(uow, visit)
    ours = [community_card(desk, row) for iri in desk.communities if (row := uow.actors.get(iri))]
    return View(title=desk.tongue.say("Nos communautés"), values={"communities": ours})


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The same communities, as they tell of themselves."""
    desk = Desk(uow, visit)
    rows = [row for iri in desk.communities if (row := uow.actors.get(iri))]
    found = [thing for row in rows if (thing := document_of(row))]
    return listing(desk, found, title=desk.tongue.say("Nos communautés"), at=("/communautes", {}))


PAGE = Page(path="/communautes", right="anyone", show=show, menu=2, label=phrase("Communautés"), listing=listed)
