"""The communities of this site."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import community_card
from node.web.desk import Desk
from node.web.translations import phrase


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Every community of this site, by name."""
    desk = Desk(uow, visit)
    ours = [community_card(desk, row) for iri in desk.communities if (row := uow.actors.get(iri))]
    return View(title=desk.tongue.say("Nos communautés"), values={"communities": ours})


PAGE = Page(path="/communautes", right="anyone", show=show, menu=2, label=phrase("Communautés"))
