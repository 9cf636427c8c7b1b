"""The first page: who we are, our communities, what is new for this reader, where we touch others, how to follow us."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import Card, card, community_card, document_of
from node.web.crossings import crossing
from node.web.desk import Desk
from node.web.figures import drawing
from node.web.finding import after_page, followed, page_of
from node.web.listings import PART, listing
from node.web.translations import phrase
from node.web.wording import excerpt

LATEST, STRONGEST = 5, 4
#: What is held up to readers as new; terms, places and exchanges stand beside it.
NOT_NEWS = frozenset({"Concept", "ConceptScheme", "Mapping", "Place", "Note", "Intersection", "Membership"})


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The first page, with what this reader may see."""
    desk = Desk(uow, visit)
    row = uow.actors.get(visit.house.organisation)
    summary, _ = desk.worded(getattr(document_of(row), "summary", None) if row else None)
    ours = [community_card(desk, found) for iri in desk.communities if (found := uow.actors.get(iri))]
    crossings = [crossing(desk, found) for found in uow.intersections.all()]
    others = {iri for found in crossings for iri in found.ends} - set(desk.communities)
    around = [community_card(desk, found) for iri in sorted(others) if (found := uow.actors.get(iri))]
    latest, arrived = _latest(desk, desk.communities), _latest(desk, followed(desk))
    shown = {item.iri for item in latest}
    return View(
        title=visit.house.name,
        values={
            "summary": excerpt(summary, 400),
            "communities": ours,
            "latest": latest,
            "arrived": [item for item in arrived if item.iri not in shown],
            "crossings": crossings[:STRONGEST],
            "crossings_count": len(crossings),
            "drawing": drawing(desk, [*ours, *around], crossings) if crossings else None,
            "addresses_to_follow": [
                (community.name, f"@{found.username}@{found.host}")
                for community in ours
                if (found := uow.actors.get(community.iri)) and found.username
            ],
        },
    )


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """What is new in our communities, in longer parts; what is no news is left out of each."""
    desk = Desk(uow, visit)
    page = page_of(desk)
    hits = uow.search.find("", scope=desk.scope, communities=desk.communities, limit=PART + 1, offset=(page - 1) * PART)
    news = [hit.thing for hit in hits[:PART] if hit.thing.entry.kind not in NOT_NEWS]
    after = after_page(page, is_more=len(hits) > PART)
    return listing(desk, news, title=visit.house.name, at=("/", {}), after=after)


def _latest(desk: Desk, communities: tuple[str, ...]) -> list[Card]:
    hits = desk.uow.search.find("", scope=desk.scope, communities=communities, limit=LATEST * 5)
    return [card(desk, hit.thing) for hit in hits if hit.thing.entry.kind not in NOT_NEWS][:LATEST]


PAGE = Page(path="/", right="anyone", show=show, menu=1, label=phrase("Accueil"), listing=listed)
