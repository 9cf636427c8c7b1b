"""The map: communities and where they touch, drawn; and the same as a table."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import community_cards
from node.web.crossings import crossing
from node.web.desk import Desk
from node.web.figures import drawing


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Our communities, those that ours have a link or an intersection with, and the intersections."""
    desk = Desk(uow, visit)
    crossings = [crossing(desk, row) for row in uow.intersections.all()]
    ours = set(desk.communities)
    linked = {iri for link in uow.followings.all("accepted") for iri in (link.follower, link.target)}
    shown = sorted(ours | linked | {iri for found in crossings for iri in found.ends})
    rows = [row for iri in shown if (row := uow.actors.get(iri)) and row.type == "Group" and row.state == "active"]
    cards = community_cards(desk, rows)
    return View(
        title=desk.tongue.say("Carte"),
        values={"drawing": drawing(desk, cards, crossings), "communities": cards, "crossings": crossings},
    )


PAGE = Page(path="/carte", right="anyone", show=show)
