"""One version of a resource published here, at an address of its own that never says anything else."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.history import Archive, told
from node.web.shelved import SHELVED, shelved, version_of


def show(uow: UnitOfWork, visit: Visit) -> View:
    """A version; NotFound for one that the reader may not see, as for one that never was."""
    desk = Desk(uow, visit)
    stored = shelved(desk)
    if stored is None:
        raise NotFound
    values = told(Archive(desk, stored), version_of(visit))
    title = desk.tongue.say("%(name)s, version %(number)s", name=values["version_heading"], number=visit.path["number"])
    return View(title=title, values=values)


PAGE = Page(path=f"/{SHELVED}/versions/{{number:[1-9][0-9]*}}", right="anyone", show=show)
