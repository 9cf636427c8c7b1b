"""A new notebook; or, for a note that one has at hand, the notebooks into which it can be put."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.entries import Audience
from node.domain.publishing import may_publish
from node.storage.revising import may_revise, roles_in
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import title_of
from node.web.desk import Desk

#: The parameter that names the note.
NOTE = "note"
#: So many notebooks of one community are offered.
_MANY = 50


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form, with the communities in which the reader may publish."""
    desk = Desk(uow, visit)
    note = _note(desk)
    books = [book for iri in desk.communities for book in _books(desk, iri)]
    values = {
        "communities": [(iri, desk.community(iri).text) for iri in desk.communities if _may(desk, iri)],
        "note": note.entry.iri if note else "",
        "note_title": title_of(desk, note)[0] if note else "",
        "books": [
            (title_of(desk, book)[0], desk.addresses.page(f"/carnets/{book.entry.iri.rpartition('/')[2]}/plan")) for book in books
        ]
        if note
        else [],
    }
    title = desk.tongue.say("Mettre dans un carnet") if note else desk.tongue.say("Nouveau carnet")
    return View(title=title, values=values, is_secret=True)


def _note(desk: Desk) -> StoredThing | None:
    """The note that goes into a notebook, as far as the reader may see it."""
    iri = desk.visit.sent.get(NOTE) or desk.visit.query.get(NOTE, "")
    stored = desk.uow.things.get(iri, desk.scope) if iri else None
    return stored if stored is not None and stored.entry.deleted_at is None else None


def _may(desk: Desk, community: str) -> bool:
    roles = roles_in(desk.uow, desk.visit.house, community, desk.visit.reader.actor)
    return may_publish(roles, Audience.COMMUNITY, community=community).is_given


def _books(desk: Desk, community: str) -> list[StoredThing]:
    """The notebooks of a community that the reader may change."""
    found = desk.uow.things.listed(scope=desk.scope, kind="Notebook", community=community, limit=_MANY)
    person = desk.visit.reader.actor
    return [each for each in found if may_revise(desk.uow, desk.visit.house, each.entry, person)]


PAGE = Page(path="/carnets/nouveau", right="member", show=show)
