"""What was received of a resource from elsewhere: every version that is kept here, one of them, or what differs between two."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.history import ELSEWHERE, Archive, history, told


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The versions of what the reader may see; NotFound for anything else, and for what is from here."""
    desk = Desk(uow, visit)
    iri = visit.query.get("iri", "")
    stored = uow.things.get(iri, desk.scope)
    if stored is None or stored.entry.deleted_at is not None or visit.house.is_local(iri):
        raise NotFound
    archive = Archive(desk, stored)
    number = archive.asked("n")
    values = {"is_one": bool(number), **(told(archive, number) if number else history(archive))}
    return View(title=desk.tongue.say("Historique de «\u00a0%(name)s\u00a0»", name=values["heading"]), values=values)


PAGE = Page(path=ELSEWHERE, right="anyone", show=show)
