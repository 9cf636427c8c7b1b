"""A new meeting: only its day is needed."""

from __future__ import annotations

from node.actions.announce import rooms
from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.announcing import NEW, repeats, ways
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form, for whoever may announce a meeting in some community."""
    desk, asked = Desk(uow, visit), visit.query.get("communaute", "")
    found = rooms(uow, visit.reader.actor, visit.house.now)
    chosen = next((iri for iri, _ in found if iri.endswith(f"/communautes/{asked}")), "") if asked else ""
    values = {"rooms": found, "chosen": chosen or (found[0][0] if found else ""), "joining": ways(desk), "repeats": repeats(desk)}
    return View(title=desk.tongue.say("Annoncer une rencontre"), values=values)


PAGE = Page(path=NEW, right="member", show=show)
