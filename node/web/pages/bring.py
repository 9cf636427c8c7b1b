"""Where people bring along what they have: files, links, a site; and what they brought before."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.bringing import PATH, rooms
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form; whoever may publish nowhere is told so."""
    desk = Desk(uow, visit)
    slug = visit.query.get("communaute", "")
    known = rooms(desk)
    values = {
        "rooms": known,
        "room": next((iri for iri, _ in known if iri.endswith(f"/communautes/{slug}")), known[0][0] if known else ""),
        "before": [(row, desk.community(row.community)) for row in uow.bringings.of(visit.reader.actor)],
    }
    return View(title=desk.tongue.say("Apporter ce que vous avez déjà"), values=values, is_secret=True)


PAGE = Page(path=PATH, right="member", show=show)
