"""A community from elsewhere, as it is known here: what of its repertoire has come over, and its links with ours."""

from __future__ import annotations

from typing import Any

from node.contracts import Listing, Page, View, Visit
from node.errors import NotFound
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.exchanges import may_speak_far, new_exchange, row
from node.web.gatherings import FEW, gathering
from node.web.lists import repertoire


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The community that `iri` names; raises NotFound for one that is not known here."""
    desk, community = Desk(uow, visit), _community(uow, visit)
    values = gathering(desk, community)
    return View(title=values["community"].name, values={**values, **_exchanges(desk, community)})


def _exchanges(desk: Desk, community: ActorRow) -> dict[str, Any]:
    """What is said there among members, as far as the reader may read it, and where they begin an exchange."""
    found = desk.uow.discussions.in_community(community.iri, desk.scope, limit=FEW) if desk.visit.form_token else []
    may_speak = may_speak_far(desk, community.iri)
    return {"rows": [row(desk, each) for each in found], "new": new_exchange(desk, community.iri) if may_speak else ""}


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """What of its repertoire can be read here."""
    return repertoire(Desk(uow, visit), _community(uow, visit))


def _community(uow: UnitOfWork, visit: Visit) -> ActorRow:
    found = uow.actors.get(visit.query.get("iri", ""))
    if found is None or found.type != "Group" or found.state != "active":
        raise NotFound
    return found


PAGE = Page(path="/ailleurs/communaute", right="anyone", show=show, listing=listed)
