"""The map: communities and where they touch, drawn; and the same as a table."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import community_cards
from node.web.crossings import crossing
from node.web.desk import Desk
from node.web.figures import drawing

#: So many intersections are drawn, the strongest, and so many communities: of more one sees nothing but a thicket.
TIES, POINTS = 60, 120


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The strongest intersections with their communities; beside them ours, and those that ours have a link with."""
    desk = Desk(uow, visit)
    crossings = [crossing(desk, row) for row in uow.intersections.all(limit=TIES)]
    ends = {iri for found in crossings for iri in found.ends}
    linked = {iri for link in uow.followings.all("accepted") for iri in (link.follower, link.target)}
    shown = sorted([*ends, *sorted({*desk.communities, *linked} - ends)][:POINTS])
    rows = [row for iri in shown if (row := uow.actors.get(iri)) and row.type == "Group" and row.state == "active"]
    cards = community_cards(desk, rows)
    return View(
        title=desk.tongue.say("Carte"),
        values={
            "drawing": drawing(desk, cards, crossings),
            "communities": cards,
            "crossings": crossings,
            "total": uow.intersections.count(),
        },
    )


PAGE = Page(path="/carte", right="anyone", show=show)
