"""The second door: where the code of a clock is asked for, or one from paper."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.doors import SECOND_DOOR


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The field for the code; who must fill it is known by a cookie alone."""
    return View(title=Desk(uow, visit).tongue.say("Votre code"), values={})


PAGE = Page(path=SECOND_DOOR, right="anyone", show=show)
