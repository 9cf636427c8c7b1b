"""A new meeting: only its day is needed."""

from __future__ import annotations

from node.actions.announce import rooms
from node.actions.convene import invited, may_convene
from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.announcing import NEW, repeats, ways
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form, for whoever may announce a meeting in some community."""
    desk, asked, person = Desk(uow, visit), visit.query.get("communaute", ""), visit.reader.actor
    found = rooms(uow, person, visit.house.now)
    chosen = next((iri for iri, _ in found if iri.endswith(f"/communautes/{asked}")), "") if asked else ""
    open_to = [iri for iri, _ in found if may_convene(uow, visit.house, person, iri)]
    values = {
        "rooms": found,
        "chosen": chosen or (found[0][0] if found else ""),
        "joining": ways(desk),
        "repeats": repeats(desk),
        "may_write": bool(open_to),
        # Of one community it is known how many that are.
        "told": len(invited(uow, visit.house, open_to[0], person)) if len(found) == len(open_to) == 1 else 0,
    }
    return View(title=desk.tongue.say("Annoncer une rencontre"), values=values)


PAGE = Page(path=NEW, right="member", show=show)
