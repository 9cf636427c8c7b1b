"""Meetings from elsewhere: an address to look at, then what was found there to choose from."""

from __future__ import annotations

from node.actions.announce import rooms
from node.contracts import Page, View, Visit
from node.domain.asides import of_text
from node.domain.recurring import following
from node.storage.unit_of_work import UnitOfWork
from node.web.announcing import ADD
from node.web.bonds import may_follow
from node.web.desk import Desk
from node.web.occasions import span
from node.web.recurrences import rhythm

_MOST_DIGITS = 18


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form; and what was found for this reader, if anything was."""
    desk, number = Desk(uow, visit), visit.query.get("n", "") or visit.sent.get("n", "")
    is_number = number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
    row = uow.previews.get(int(number), visit.reader.actor) if is_number else None
    found = of_text(row.found) if row is not None and row.kind == "rencontres" else []
    able = rooms(uow, visit.reader.actor, visit.house.now)
    shown = [following(each.event("fr"), visit.house.now) for each in found]
    coming = [bool(event.start_time and event.start_time >= visit.house.now) for event in shown]
    events = [
        {
            "place": place,
            "title": each.title,
            "where": each.place,
            "url": each.url,
            "when": span(event, desk.tongue),
            "again": rhythm(desk, each.event("fr")),
        }
        for place, (each, event) in enumerate(zip(found, shown, strict=True))
    ]
    values = {
        "number": number if found else "",
        "events": [event | {"is_coming": is_coming} for event, is_coming in zip(events, coming, strict=True)],
        "calendar": row.address if row is not None and found else "",
        "rooms": able,
        "followers": [(iri, name) for iri, name in able if may_follow(desk, iri)],
    }
    return View(title=desk.tongue.say("Ajouter une rencontre d’ailleurs"), values=values, is_secret=True)


PAGE = Page(path=ADD, right="member", show=show)
