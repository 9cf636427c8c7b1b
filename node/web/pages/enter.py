"""The door: every way in that this site offers; and the page behind a one-time link, which looking at uses not up."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.returning import within
from node.storage.postbox import kept_postbox
from node.storage.shelves.accounts import Accounts
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.doors import BACK, DOOR


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The ways in, or the button behind a link with the token that it carries."""
    desk, token = Desk(uow, visit), "" if visit.problems else visit.query.get("jeton", "")[:200]
    return View(
        title=desk.tongue.say("Entrer"),
        values={
            "token": token,
            "back": within(visit.query.get(BACK, "")),
            "was_sent": visit.query.get("fait", "") == "lien",
            "has_mail": visit.house.has_mail or kept_postbox(uow) is not None,
            "providers": Accounts(uow.ground).providers.all(),
        },
        is_secret=bool(token),
    )


PAGE = Page(path=DOOR, right="anyone", show=show)
