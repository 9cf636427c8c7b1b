"""The communities of this site."""

from __future__ import annotations

from collections.abc import Iterable

from node.contracts import Listing, Page, View, Visit
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import community_cards, document_of
from node.web.desk import Desk
from node.web.listings import listing
from node.web.translations import phrase
from vocab.thing import Thing


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Every community of this site, by name."""
    desk = Desk(uow, visit)
    rows = _rows(desk)
    ours = community_cards(desk, rows)
    return View(title=desk.tongue.say("Nos communautés"), values={"communities": ours}, things=_documents(rows[:1]))


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The same communities, as they tell of themselves."""
    desk = Desk(uow, visit)
    return listing(desk, _documents(_rows(desk)), title=desk.tongue.say("Nos communautés"), at=("/communautes", {}))


def _rows(desk: Desk) -> list[ActorRow]:
    return [row for iri in desk.communities if (row := desk.uow.actors.get(iri))]


def _documents(rows: Iterable[ActorRow]) -> list[Thing]:
    return [thing for row in rows if (thing := document_of(row))]


PAGE = Page(path="/communautes", right="anyone", show=show, menu=2, label=phrase("Communautés"), listing=listed)
