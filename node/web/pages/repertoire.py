"""The repertoire of a community, whole, page by page: its own, or what comes from the communities it follows."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.errors import NotFound
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web import schema_org
from node.web.cards import community_card
from node.web.desk import Desk
from node.web.listings import held, readable
from node.web.lists import PAGE_SIZE, held_cards, pages_of_holdings, repertoire


def show(uow: UnitOfWork, visit: Visit) -> View:
    """One page of the repertoire; raises NotFound for a community that does not live here."""
    desk = Desk(uow, visit)
    row = _community(uow, visit)
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
    return repertoire(Desk(uow, visit), _community(uow, visit), is_enlarged=visit.query.get("portee") == "elargi")


def _community(uow: UnitOfWork, visit: Visit) -> ActorRow:
    row = uow.actors.get(f"{visit.house.url}/communautes/{visit.path['slug']}")
    if row is None or not row.is_local or row.state != "active":
        raise NotFound
    return row


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/repertoire", right="anyone", show=show, listing=listed)
