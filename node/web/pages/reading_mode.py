"""A notebook in one piece: everything that stands in it, one note after the other, to be read or printed."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.notebook import in_one_piece
from node.web.shelved import NOTEBOOKS, notebook


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The notebook; NotFound for one that the reader may not see, and for what is none."""
    desk = Desk(uow, visit)
    stored = notebook(desk)
    if stored is None:
        raise NotFound
    values = in_one_piece(desk, stored)
    return View(title=values["heading"], values=values)


PAGE = Page(path=f"/{NOTEBOOKS}/lecture", right="anyone", show=show)
