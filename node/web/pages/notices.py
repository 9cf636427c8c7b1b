"""What concerns the reader, gathered by conversation, the newest first; and what can be done about each."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.notices import gathered
from node.web.translations import phrase

#: So many conversations are shown.
MOST = 40

_SAID = {
    "lu": phrase("C’est lu."),
    "tout": phrase("Tout est lu."),
    "sourdine": phrase("C’est fait\u00a0: vous n’en serez plus avisé·e. Tout se règle dans «\u00a0Choisir mes avis\u00a0»."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The notices of whoever reads."""
    desk, outcome = Desk(uow, visit), visit.query.get("fait", "")
    told = gathered(desk, uow.notices.of(visit.reader.actor, desk.scope))
    return View(
        title=desk.tongue.say("Avis"),
        values={
            "fresh": [each for each in told if each.is_new][:MOST],
            "read": [each for each in told if not each.is_new][:MOST],
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
    )


PAGE = Page(path="/avis", right="member", show=show)
