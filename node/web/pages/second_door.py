"""The second door: where the code of a clock is asked for, or one from paper; or a passkey of who looks after the node."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.returning import within
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.doors import BACK, SECOND_DOOR


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The field for the code, or the button for a passkey; who stands here is known by a cookie alone."""
    tongue, by_key = Desk(uow, visit).tongue, visit.query.get("avec", "") == "cle"
    title = tongue.say("Votre clé d’accès") if by_key else tongue.say("Votre code")
    return View(title=title, values={"by_key": by_key, "back": within(visit.query.get(BACK, ""))})


PAGE = Page(path=SECOND_DOOR, right="anyone", show=show)
