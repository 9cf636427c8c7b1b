"""The first page of the first day: it opens with the key that the program printed; for whoever is in, where the way goes on."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.household import resumed
from node.storage.household import KEY, first_run, steps
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.first_day import PATH, stations


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Three fields for who holds the key; the stations for who looks after the node; for anybody else, where the key is."""
    desk = Desk(uow, visit)
    key = (visit.query.get("cle", "") or visit.sent.get("cle", ""))[:200]
    token = uow.sessions.look_at_token(KEY, key, visit.house.now) if key else None
    person = uow.members.get(token.person) if token and token.person else None
    values = {
        "key": key if token is not None else "",
        "was_wrong": bool(key) and token is None,
        "name": person.name if person and "@" not in person.name else "",
        "email": person.email if person else visit.house.contact,
        "is_over": first_run(uow) == "done",
        "stations": stations(desk, "") if visit.is_admin else [],
        "next": f"{PATH}/{resumed(steps(uow))}",
    }
    return View(title=desk.tongue.say("Premiers pas"), values=values, is_secret=True)


PAGE = Page(path=PATH, right="anyone", show=show)
