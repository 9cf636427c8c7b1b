"""The form in which a resource published here is changed, with all the fields that its kind has."""

from __future__ import annotations

from dataclasses import replace

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.revising import may_revise
from node.storage.shelves.drafts import DraftRow
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.forms import MOST_DIGITS
from node.web.sheet_form import sheet_form
from node.web.shelved import SHELVED, shelved


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form, for whoever may change the resource; NotFound for anybody else."""
    desk = Desk(uow, visit)
    stored = shelved(desk)
    if stored is None or not visit.form_token or not may_revise(uow, visit.house, stored.entry, visit.reader.actor):
        raise NotFound
    draft, other = _drafts(desk, stored)
    filled = replace(visit, sent=draft.fields) if draft is not None and not visit.sent else visit
    values = {
        **sheet_form(Desk(uow, filled), stored),
        "visit": filled,
        "iri": stored.entry.iri,
        "draft": draft.id if draft else 0,
        "other_draft": other,
        "other_draft_href": desk.addresses.here(brouillon=other.id) if other else "",
    }
    return View(title=desk.tongue.say("Modifier «\u00a0%(name)s\u00a0»", name=values["heading"]), values=values, is_secret=True)


def _drafts(desk: Desk, stored: StoredThing) -> tuple[DraftRow | None, DraftRow | None]:
    """The draft that is gone on with, when one is named; else one that could be."""
    person, said = desk.visit.reader.actor, desk.visit.query.get("brouillon", "")
    is_number = said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS
    chosen = desk.uow.drafts.get(int(said), person) if is_number else None
    if chosen is not None and chosen.about == stored.entry.iri:
        return chosen, None
    return None, None if desk.visit.sent else desk.uow.drafts.about(stored.entry.iri, person)


PAGE = Page(path=f"/{SHELVED}/modifier", right="member", show=show)
