"""The form in which a resource published here is changed, with all the fields that its kind has."""

from __future__ import annotations

from dataclasses import replace

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.revising import may_revise
from node.storage.unit_of_work import UnitOfWork
from node.web.begun import begun
from node.web.desk import Desk
from node.web.sheet_form import sheet_form
from node.web.shelved import SHELVED, shelved


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form, for whoever may change the resource; NotFound for anybody else."""
    desk = Desk(uow, visit)
    stored = shelved(desk)
    if stored is None or not visit.form_token or not may_revise(uow, visit.house, stored.entry, visit.reader.actor):
        raise NotFound
    draft, told = begun(desk, stored.entry.iri)
    filled = replace(visit, sent=draft.fields) if draft is not None and not visit.sent else visit
    values = {
        **sheet_form(Desk(uow, filled), stored),
        "visit": filled,
        "iri": stored.entry.iri,
        **told,
    }
    return View(title=desk.tongue.say("Modifier «\u00a0%(name)s\u00a0»", name=values["heading"]), values=values, is_secret=True)


PAGE = Page(path=f"/{SHELVED}/modifier", right="member", show=show)
