"""What somebody is bringing along: how far it is, what would become of it, what became of it."""

from __future__ import annotations

from node.actions.bring import theirs
from node.contracts import Page, View, Visit
from node.storage.household import first_run
from node.storage.unit_of_work import UnitOfWork
from node.web.bringing import PATH, stage
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Its page; raises NotFound for anybody but who brings it."""
    desk = Desk(uow, visit)
    row = theirs(uow, visit.path["numero"], visit.reader.actor)
    values = {**stage(desk, row), "is_first_day": visit.is_admin and first_run(uow) == "begun"}
    return View(title=desk.tongue.say("Ce que vous apportez"), values=values, is_secret=True)


PAGE = Page(path=f"{PATH}/{{numero:[0-9a-f]+}}", right="member", show=show)
