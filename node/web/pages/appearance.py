"""How the node is dressed, for those who look after it: its colour and its emblem, seen at once on the page itself."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.appearance import COLOURS
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.translations import phrase

NAMES = {"sapin": phrase("Sapin"), "lac": phrase("Lac"), "olive": phrase("Olive"), "ardoise": phrase("Ardoise")}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The choice, with what is worn now."""
    desk = Desk(uow, visit)
    return View(
        title=desk.tongue.say("Apparence"),
        values={
            "colours": [(colour, desk.tongue.say(NAMES[colour])) for colour in COLOURS],
            "is_done": visit.query.get("fait") == "1",
        },
    )


PAGE = Page(path="/noeud/apparence", right="admin", show=show)
