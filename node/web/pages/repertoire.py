"""The repertoire of a community, whole, page by page: its own, or what comes from the communities it follows."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web import schema_org
from node.web.cards import community_card
from node.web.desk import Desk
from node.web.listings import held, readable
from node.web.lists import PAGE_SIZE, held_cards, pages_of_holdings, repertoire


def show(uow: UnitOfWork, visit: Visit) -> View:
    """One page of the repertoire; raises NotFound for a community that does not live here."""
    desk = Desk(uow, visit)
    row = desk.here(f"/communautes/{visit.path['slug']}")
    is_enlarged, before = visit.query.get("portee") == "elargi", visit.query.get("avant") or None
    listed = uow.holdings.enlarged if is_enlarged else uow.holdings.of
    holdings = listed(row.iri, scope=desk.scope, limit=PAGE_SIZE + 1, before=before)
    community = community_card(desk, row)
    items = held_cards(desk, holdings[:PAGE_SIZE], within="" if is_enlarged else row.iri)
    title = desk.tongue.say("Répertoire : %(name)s", name=community.name)
    return View(
        title=title,
        things=readable(held(holdings)),
        values={
            "community": community,
            "is_enlarged": is_enlarged,
            "items": items,
            "schema": schema_org.listed(desk, title, items),
            "own_count": community.held,
            "enlarged_count": uow.holdings.enlarged_count(row.iri, scope=desk.scope),
            "pages": pages_of_holdings(desk, holdings),
        },
    )


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The same repertoire, in longer parts."""
    desk = Desk(uow, visit)
    return repertoire(desk, desk.here(f"/communautes/{visit.path['slug']}"), is_enlarged=visit.query.get("portee") == "elargi")


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/repertoire", right="anyone", show=show, listing=listed)
