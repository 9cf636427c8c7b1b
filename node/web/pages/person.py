"""A person of this site: their name, and what they have published that this reader may see."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.html import plain
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import card, document_of
from node.web.desk import Desk
from node.web.lists import PAGE_SIZE


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The page of somebody who has their account here; raises NotFound for anybody else. Says nothing of memberships."""
    desk = Desk(uow, visit)
    row = uow.actors.get(f"{visit.house.url}/personnes/{visit.path['slug']}")
    if row is None or not row.is_local or row.type != "Person" or row.state != "active":
        raise NotFound
    summary, _ = desk.worded(getattr(document_of(row), "summary", None))
    written = uow.things.listed(scope=desk.scope, author=row.iri, limit=PAGE_SIZE)
    return View(
        title=row.name or row.username,
        values={
            "iri": row.iri,
            "summary": plain(summary),
            "address": f"@{row.username}@{row.host}",
            "items": [card(desk, stored) for stored in written],
        },
    )


PAGE = Page(path="/personnes/{slug:[a-z0-9-]+}", right="anyone", show=show)
