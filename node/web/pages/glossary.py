"""The glossary of a community: its terms, each with what it means here."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from node.web import schema_org
from node.web.cards import CommunityCard, card, community_card
from node.web.desk import Desk
from node.web.listings import listing, readable

#: As many terms stand on the page, and in the list for programs.
MOST, MOST_LISTED = 500, 1_000


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The terms that the reader may see, by name; raises NotFound for a community that does not live here."""
    desk = Desk(uow, visit)
    community, terms = _terms(desk, MOST)
    title, items = (
        desk.tongue.say("Glossaire : %(name)s", name=community.name),
        [card(desk, term, within=community.iri) for term in terms],
    )
    return View(
        title=title,
        things=readable(terms[:1]),
        values={"community": community, "items": items, "schema": schema_org.listed(desk, title, items)},
    )


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The same terms, and more of them."""
    desk = Desk(uow, visit)
    community, terms = _terms(desk, MOST_LISTED)
    title = desk.tongue.say("Glossaire : %(name)s", name=community.name)
    return listing(desk, terms, title=title, summary=community.summary, at=(f"/communautes/{visit.path['slug']}/glossaire", {}))


def _terms(desk: Desk, limit: int) -> tuple[CommunityCard, list[StoredThing]]:
    row = desk.here(f"/communautes/{desk.visit.path['slug']}")
    terms = desk.uow.things.listed(scope=desk.scope, kind="Concept", community=row.iri, limit=limit)
    return community_card(desk, row), sorted(terms, key=lambda term: term.entry.name.casefold())


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/glossaire", right="anyone", show=show, listing=listed)
