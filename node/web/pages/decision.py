"""A decision, for whom it concerns and for those who may take such: what, why, by whom, and how to have it looked at again."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.moderating import LONGEST_REASON
from node.domain.rights import Deed
from node.errors import NotFound
from node.storage.office import may_keep
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.forms import MOST_DIGITS
from node.web.moderation import line


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The decision; raises NotFound for anybody whom it is not for."""
    desk, number = Desk(uow, visit), visit.path["number"]
    row, me = uow.decisions.get(int(number)) if len(number) <= MOST_DIGITS else None, visit.reader.actor
    if row is None or not (row.community or row.affected):
        raise NotFound
    is_mine = bool(me) and row.affected == me
    decides = visit.is_admin or (bool(row.community) and may_keep(uow, visit.house, me, row.community, Deed.MODERATE))
    if not is_mine and not decides:
        raise NotFound
    asked = [
        (each, desk.person(each.answered_by) if each.answered_by else None) for each in uow.restraints.appeals(decision=row.id)
    ]
    restraints = uow.restraints.in_force(row.community, visit.house.now, row.affected) if row.community and row.affected else []
    return View(
        title=desk.tongue.say("Une décision vous concerne") if is_mine else desk.tongue.say("Une décision"),
        values={
            "row": line(desk, row),
            "community": desk.community(row.community) if row.community else None,
            "appeals": asked,
            "until": next((each.until for each in restraints if each.until), None),
            "may_appeal": is_mine and bool(visit.form_token) and not any(each.by == me for each, _ in asked),
            "longest": LONGEST_REASON,
            "is_done": visit.query.get("fait") == "revue",
        },
    )


PAGE = Page(path="/decisions/{number:[0-9]+}", right="member", show=show)
