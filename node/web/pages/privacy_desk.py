"""The registers that the law asks for, for those who look after the node: incidents, erased accounts, the inventory."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.household import kept_household
from node.storage.privacy import LONGEST, hosting
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.translations import phrase

LONGEST_WORDS = 2_000
_SAID = {
    "inscrit": phrase("C’est inscrit au registre."),
    "clos": phrase("C’est clos."),
    "garde": phrase("C’est noté."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The registers."""
    desk, outcome, household = Desk(uow, visit), visit.query.get("fait", ""), kept_household(uow)
    return View(
        title=desk.tongue.say("Vie privée\u00a0: registres"),
        values={
            "incidents": [(row, desk.person(row.by).text if row.by else "") for row in uow.incidents.listed()],
            "erasures": uow.incidents.erasures(),
            "responsible": household.responsible,
            "hosting": hosting(uow),
            "longest_hosting": LONGEST,
            "longest": LONGEST_WORDS,
            "today": visit.house.now.date().isoformat(),
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
        is_secret=True,
    )


PAGE = Page(path="/noeud/vie-privee", right="admin", show=show)
