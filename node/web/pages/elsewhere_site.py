"""A site that has only a feed: what came by it, and who here follows it."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.errors import NotFound
from node.storage.shelves.feeds import FeedRow
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.feeding import SITE, site
from node.web.listings import PART, after_holdings, held, listing, readable
from node.web.lists import PAGE_SIZE, held_cards, pages_of_holdings


def show(uow: UnitOfWork, visit: Visit) -> View:
    """One page of its items; raises NotFound for a feed that nobody here follows."""
    desk, row = Desk(uow, visit), _feed(uow, visit)
    before = visit.query.get("avant") or None
    holdings = uow.holdings.of(row.iri, scope=desk.scope, limit=PAGE_SIZE + 1, before=before)
    values = {
        "site": site(desk, row),
        "items": held_cards(desk, holdings[:PAGE_SIZE]),
        "pages": pages_of_holdings(desk, holdings),
    }
    return View(title=row.name, values=values, things=readable(held(holdings)))


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The same items, in longer parts."""
    desk, row = Desk(uow, visit), _feed(uow, visit)
    found = uow.holdings.of(row.iri, scope=desk.scope, limit=PART + 1, before=visit.query.get("avant") or None)
    return listing(
        desk, held(found), title=row.name, summary=row.summary, at=(SITE, {"iri": row.iri}), after=after_holdings(found)
    )


def _feed(uow: UnitOfWork, visit: Visit) -> FeedRow:
    row = uow.feeds.get(visit.query.get("iri", ""))
    if row is None:
        raise NotFound
    return row


PAGE = Page(path=SITE, right="anyone", show=show, listing=listed)
