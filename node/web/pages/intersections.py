"""Where communities touch: every intersection known here, the strongest first."""

from __future__ import annotations

from collections.abc import Iterable

from node.contracts import Listing, Page, View, Visit
from node.storage.shelves.intersections import IntersectionRow
from node.storage.unit_of_work import UnitOfWork
from node.web.crossings import crossing
from node.web.desk import Desk
from node.web.listings import PART, listing
from node.web.lists import numbered, page_number
from vocab import jsonld
from vocab.thing import Thing

#: So many are shown on one page.
MOST = 40


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The list; intersections rest on what is public alone, so that everybody sees the same."""
    desk = Desk(uow, visit)
    rows = uow.intersections.all(limit=MOST + 1, offset=(page_number(desk) - 1) * MOST)
    stronger, weaker = desk.tongue.say("Intersections plus fortes"), desk.tongue.say("Intersections moins fortes")
    values = {
        "crossings": [crossing(desk, row) for row in rows[:MOST]],
        "total": uow.intersections.count(),
        "pages": numbered(desk, stronger, weaker, is_more=len(rows) > MOST),
    }
    return View(title=desk.tongue.say("Intersections"), values=values, things=_documents(rows[:1]))


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The same intersections, with what they rest on."""
    desk = Desk(uow, visit)
    return listing(
        desk, _documents(uow.intersections.all(limit=PART)), title=desk.tongue.say("Intersections"), at=("/intersections", {})
    )


def _documents(rows: Iterable[IntersectionRow]) -> list[Thing]:
    return [jsonld.read(row.document) for row in rows]


PAGE = Page(path="/intersections", right="anyone", show=show, listing=listed)
