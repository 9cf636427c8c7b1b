"""By which organisations one comes in: for those who look after the node."""

from __future__ import annotations

from node.actions.vouch import RETURN
from node.contracts import Page, View, Visit
from node.storage.shelves.accounts import Accounts
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.doors import PROVIDERS
from node.web.translations import phrase

_SAID = {
    "ajoute": phrase("C’est fait\u00a0: le bouton est sur la page «\u00a0Entrer\u00a0». Essayez-le depuis une fenêtre privée."),
    "retire": phrase("C’est fait\u00a0: personne n’entre plus par là. Les autres façons d’entrer restent."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Those there are, and the form for another; secrets are never shown again."""
    desk, outcome = Desk(uow, visit), visit.query.get("fait", "")
    return View(
        title=desk.tongue.say("Entrer par une organisation"),
        values={
            "rows": Accounts(uow.ground).providers.all(),
            "back_to": f"{visit.house.url}{RETURN}",
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
        is_secret=True,
    )


PAGE = Page(path=PROVIDERS, right="admin", show=show)
