"""A meeting of ours that is changed, moved or called off by those who organise it."""

from __future__ import annotations

from node.actions.announce import must_organise
from node.contracts import Page, View, Visit
from node.domain.participation import is_cancelled
from node.domain.recurring import form_of
from node.storage.unit_of_work import UnitOfWork
from node.web.announcing import filled, repeats, ways
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form with what is known of it; raises NotFound for whoever does not organise it."""
    desk = Desk(uow, visit)
    iri = f"{visit.house.url}/rencontres/{visit.path['id']}"
    entry, event = must_organise(uow, visit.house, visit.reader.actor, iri)
    values = {
        "name": entry.name,
        "iri": iri,
        "old": filled(event),
        "joining": ways(desk),
        "repeats": repeats(desk, form_of(event)[0]),
        "is_off": is_cancelled(event),
        "coming": uow.participations.count(iri),
    }
    return View(title=desk.tongue.say("Modifier la rencontre"), values=values)


PAGE = Page(path="/rencontres/{id:[A-Za-z0-9_-]+}/modifier", right="member", show=show)
