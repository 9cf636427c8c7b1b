"""The history of a resource published here: every version of it, and what differs between two."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.history import Archive, history
from node.web.shelved import SHELVED, shelved


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The versions that the reader may see; NotFound for a resource that they may not, or that is gone."""
    desk = Desk(uow, visit)
    stored = shelved(desk)
    if stored is None:
        raise NotFound
    values = history(Archive(desk, stored))
    return View(title=desk.tongue.say("Historique de «\u00a0%(name)s\u00a0»", name=values["heading"]), values=values)


PAGE = Page(path=f"/{SHELVED}/versions", right="anyone", show=show)
