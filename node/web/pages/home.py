"""The first page. To somebody signed in: what concerns them; to anybody else: who we are, what is new, where we touch others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from node.contracts import Listing, Page, View, Visit
from node.storage.shelves.search import SearchHit
from node.storage.unit_of_work import UnitOfWork
from node.storage.wished import followed
from node.web.cards import Card, card, community_cards, document_of
from node.web.crossings import Crossing, crossing
from node.web.desk import Desk, Link
from node.web.doorstep import doorstep
from node.web.figures import drawing
from node.web.finding import after_page, page_of
from node.web.listings import PART, listing
from node.web.station import next_dates
from node.web.translations import phrase
from node.web.wording import excerpt
from vocab.values import Ref

LATEST, STRONGEST, DATES, TERRITORIES, CHOSEN = 5, 4, 3, 8, 4
#: So many communities are shown with all they say; of more, the way to their list.
MOST_COMMUNITIES = 12
#: What is held up to readers as new; terms, places and exchanges stand beside it.
NOT_NEWS = frozenset({"Concept", "ConceptScheme", "Mapping", "Place", "Note", "Intersection", "Membership"})


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The first page, with what this reader may see."""
    desk = Desk(uow, visit)
    arrived = _latest(desk, followed(uow))
    if visit.form_token:
        values = {"is_member": True, "arrived": arrived, **doorstep(desk)}
        return View(title=desk.tongue.say("Accueil"), values=values)
    latest = _latest(desk, desk.communities)
    shown = {item.iri for item in latest}
    values = {"is_member": False, "latest": latest, "arrived": [item for item in arrived if item.iri not in shown]}
    return View(title=visit.house.name, values={**values, **_house(desk), **_around(desk)})


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """What is new in our communities, in longer parts; what is no news is left out of each."""
    desk = Desk(uow, visit)
    page = page_of(desk)
    hits = uow.search.find("", scope=desk.scope, communities=desk.communities, limit=PART + 1, offset=(page - 1) * PART)
    news = [hit.thing for hit in hits[:PART] if hit.thing.entry.kind not in NOT_NEWS]
    after = after_page(page, is_more=len(hits) > PART)
    return listing(desk, news, title=visit.house.name, at=("/", {}), after=after)


def _house(desk: Desk) -> dict[str, Any]:
    """Who we are: the organisation, its communities, what they hold up, when one can come, and where."""
    row = desk.uow.actors.get(desk.visit.house.organisation)
    summary, _ = desk.worded(getattr(document_of(row), "summary", None) if row else None)
    chosen = desk.communities[:MOST_COMMUNITIES]
    known = [found for iri in chosen if (found := desk.actor(iri))]
    return {
        "summary": excerpt(summary, 400),
        "communities": community_cards(desk, known),
        "communities_count": len(desk.communities),
        "chosen": _chosen(desk, chosen),
        "dates": next_dates(desk, desk.communities, DATES),
        "territories": _territories(desk),
        "addresses_to_follow": [(found.name, f"@{found.username}@{found.host}") for found in known if found.username],
    }


def _around(desk: Desk) -> dict[str, Any]:
    """Where our communities touch others, strongest first, and the drawing of that."""
    strongest = [crossing(desk, each) for each in desk.uow.intersections.all(limit=STRONGEST)]
    return {"crossings": strongest, "crossings_count": desk.uow.intersections.count(), "drawing": _drawing(desk, strongest)}


def _drawing(desk: Desk, crossings: list[Crossing]) -> Any:  # noqa: ANN401 - what the template draws
    ends = dict.fromkeys(iri for found in crossings for iri in found.ends)
    cards = community_cards(desk, [found for iri in ends if (found := desk.actor(iri))])
    return drawing(desk, cards, crossings) if crossings else None


def _latest(desk: Desk, communities: tuple[str, ...]) -> list[Card]:
    hits = desk.uow.search.latest(communities, scope=desk.scope, but=NOT_NEWS, limit=LATEST)
    return [_hit(desk, hit) for hit in hits]


def _hit(desk: Desk, hit: SearchHit) -> Card:
    """What came last, once, with all of these communities in which it is shared; the only one of ours is not named on each."""
    only = desk.communities[0] if len(desk.communities) == 1 else ""
    also = tuple(desk.community(iri) for iri in hit.communities if iri != hit.thing.entry.community)
    return replace(card(desk, hit.thing, within=only), also=also)


def _chosen(desk: Desk, communities: tuple[str, ...]) -> list[Card]:
    """What our communities hold up first."""
    iris = [iri for community in communities for iri in desk.uow.featured.of(community, scope=desk.scope)[:1]]
    found = [desk.uow.things.get(iri, desk.scope) for iri in dict.fromkeys(iris)]
    return [card(desk, each) for each in found if each is not None and each.entry.deleted_at is None][:CHOSEN]


def _territories(desk: Desk) -> list[Link]:
    """The territories of which most can be read."""
    counted = desk.uow.search.facets("", scope=desk.scope)["territory"]
    named = [(desk.term(Ref(iri=iri)).text, iri) for iri, _ in counted[:TERRITORIES]]
    return [Link(text=text, href=desk.addresses.page("/recherche", territoire=iri)) for text, iri in named]


PAGE = Page(path="/", right="anyone", show=show, menu=1, label=phrase("Accueil"), listing=listed)
