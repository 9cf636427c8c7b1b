"""The glossary of a community: its terms, each with what it means here."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import card, community_card
from node.web.desk import Desk

#: As many terms stand on the page.
MOST = 500


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The terms that the reader may see, by name; raises NotFound for a community that does not live here."""
    desk = Desk(uow, visit)
    row = uow.actors.get(f"{visit.house.url}/communautes/{visit.path['slug']}")
    if row is None or not row.is_local or row.state != "active":
        raise NotFound
    terms = uow.things.listed(scope=desk.scope, kind="Concept", community=row.iri, limit=MOST)
    ordered = sorted(terms, key=lambda term: term.entry.name.casefold())
    community = community_card(desk, row)
    return View(
        title=desk.tongue.say("Glossaire : %(name)s", name=community.name),
        values={"community": community, "items": [card(desk, term) for term in ordered]},
    )


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/glossaire", right="anyone", show=show)
