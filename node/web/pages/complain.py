"""The form in which something is reported to those who animate the community, or look after the node."""

from __future__ import annotations

from node.actions.complain import concern
from node.contracts import Page, View, Visit
from node.domain.moderating import CATEGORIES, LONGEST_REASON
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import thing_link
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form about something that the reader may see; raises NotFound for anything else."""
    desk = Desk(uow, visit)
    iri = visit.sent.get("iri") or visit.query.get("iri", "")
    about = concern(uow, visit.house, iri, desk.scope)
    stored = uow.things.get(iri, desk.scope)
    return View(
        title=desk.tongue.say("Signaler"),
        values={
            "iri": iri,
            "about": thing_link(desk, iri, stored) if stored is not None else desk.person(iri),
            "reader": desk.community(about.community).text if about.community else "",
            "categories": [(name, words.in_language(desk.as_spoken)) for name, words in CATEGORIES.items()],
            "longest": LONGEST_REASON,
            "is_done": visit.query.get("fait") == "signale",
        },
    )


PAGE = Page(path="/signaler", right="anyone", show=show)
