"""A station of the first day: one thing to say or to do, each of which can be left for later."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.household import STEPS, following
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.first_day import PATH, TITLES, just_done, known_step, shown, stations


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The station, and where it lies on the way."""
    desk, step = Desk(uow, visit), known_step(visit.path["pas"])
    values = {
        "step": step,
        "number": STEPS.index(step) + 1,
        "stations": stations(desk, step),
        "next": f"{PATH}/{following(step)}",
        "here_path": f"{PATH}/{step}",
        "done": visit.query.get("fait", ""),
        **just_done(desk, step),
        **shown(desk, step),
    }
    return View(title=desk.tongue.say(TITLES[step]), values=values, is_secret=True)


PAGE = Page(path=f"{PATH}/{{pas:[a-z]+}}", right="admin", show=show)
