"""How this node treats personal information: who answers for it, where it is kept, what for, for how long, and one's rights."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.personal import CATEGORIES
from node.storage.household import kept_household
from node.storage.privacy import hosting
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The same for everybody."""
    desk, household = Desk(uow, visit), kept_household(uow)
    return View(
        title=desk.tongue.say("Vie privée"),
        values={
            "organisation": household.name or visit.house.name,
            "responsible": household.responsible,
            "contact": household.contact or visit.house.contact,
            "hosting": hosting(uow),
            "categories": [
                tuple(text.in_language(desk.as_spoken) for text in (each.name, each.purpose, each.kept))
                for each in CATEGORIES.values()
            ],
            "is_erased": visit.query.get("fait") == "efface",
        },
    )


PAGE = Page(path="/vie-privee", right="anyone", show=show)
