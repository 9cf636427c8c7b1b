"""What is being talked about in a community, the exchange that went on last first."""

from __future__ import annotations

from typing import get_args

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.shelves.discussions import Kind
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.exchanges import NEW, may_speak_in, row
from node.web.lists import numbered, page_number
from node.web.translations import phrase

#: So many are shown on one page.
MOST = 20
_KINDS: dict[Kind, str] = {
    "all": phrase("Tout"),
    "requests": phrase("Demandes d’aide"),
    "topics": phrase("Sujets"),
    "notes": phrase("Notes discutées"),
}
_WORDS = {"all": "", "requests": "demandes", "topics": "sujets", "notes": "notes"}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The exchanges that the reader may read; raises NotFound for a community that is not here."""
    desk = Desk(uow, visit)
    community = desk.here(f"/communautes/{visit.path['slug']}")
    if community.type != "Group":
        raise NotFound
    asked = visit.query.get("genre", "")
    kind: Kind = next((each for each in get_args(Kind) if _WORDS[each] == asked), "all")
    found = uow.discussions.in_community(community.iri, desk.scope, kind, MOST + 1, (page_number(desk) - 1) * MOST)
    recent, older = desk.tongue.say("Échanges plus récents"), desk.tongue.say("Échanges plus anciens")
    path = f"/communautes/{visit.path['slug']}"
    return View(
        title=desk.tongue.say("Échanges"),
        values={
            "community": desk.community(community.iri),
            "rows": [row(desk, each) for each in found[:MOST]],
            "kinds": [
                (desk.tongue.say(_KINDS[each]), desk.addresses.page(f"{path}/echanges", genre=_WORDS[each]), each == kind)
                for each in _KINDS
            ],
            "is_chosen": kind != "all",
            "new": desk.addresses.page(f"{path}/{NEW}") if community.iri in may_speak_in(desk) else "",
            "rules": desk.addresses.page(f"{path}/regles"),
            "pages": numbered(desk, recent, older, is_more=len(found) > MOST),
        },
    )


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/echanges", right="anyone", show=show)
