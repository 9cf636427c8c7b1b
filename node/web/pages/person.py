"""A person of this site: their name, what they tell their communities, and what they have published that this reader may see."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.domain.html import plain
from node.errors import NotFound
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import card, document_of
from node.web.desk import Desk
from node.web.listings import PART, Address, after_stored, before_of, listing, readable
from node.web.lists import PAGE_SIZE


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The page of somebody who has their account here; raises NotFound for anybody else. Says nothing of memberships.

    What they can help with, and what they speak, is for those who share a community with them.
    """
    desk = Desk(uow, visit)
    row = _person(uow, visit)
    summary, _ = desk.worded(getattr(document_of(row), "summary", None))
    account = uow.members.get(row.iri)
    is_near = bool(visit.reader.communities & uow.members.communities_of(row.iri, visit.house.now))
    told = account if account and (is_near or visit.reader.actor == row.iri) else None
    written = uow.things.listed(scope=desk.scope, author=row.iri, limit=PAGE_SIZE)
    return View(
        title=row.name or row.username,
        things=readable(written),
        values={
            "iri": row.iri,
            "summary": plain(summary),
            "may_hide": bool(visit.form_token) and visit.reader.actor != row.iri,
            "helps": told.helps if told else "",
            "languages": told.languages if told else "",
            "address": f"@{row.username}@{row.host}",
            "items": [card(desk, stored) for stored in written],
        },
    )


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """What they have published, in longer parts."""
    desk, row = Desk(uow, visit), _person(uow, visit)
    found = uow.things.listed(scope=desk.scope, author=row.iri, limit=PART + 1, before=before_of(desk))
    at: Address = (f"/personnes/{visit.path['slug']}", {})
    return listing(desk, found[:PART], title=row.name or row.username, at=at, after=after_stored(found))


def _person(uow: UnitOfWork, visit: Visit) -> ActorRow:
    row = uow.actors.get(f"{visit.house.url}/personnes/{visit.path['slug']}")
    if row is None or not row.is_local or row.type != "Person" or row.state != "active":
        raise NotFound
    return row


PAGE = Page(path="/personnes/{slug:[a-z0-9-]+}", right="anyone", show=show, listing=listed)
