"""The calendar of this site, or of one community: what is to come, the nearest first, then what has been."""

from __future__ import annotations

from datetime import datetime

from node.contracts import Listing, Page, View, Visit
from node.domain.participation import is_over
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import CommunityCard, card, community_card
from node.web.desk import Desk
from node.web.listings import listing, readable
from node.web.occasions import span
from node.web.translations import phrase
from vocab.errors import VocabError
from vocab.things.event import Event

#: So many events of each kind are looked through, those that came here last; so many that are over are shown.
MOST, MOST_OVER = 300, 20
KINDS = ("Meeting", "Event")


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What is to come and the last of what has been, as far as this reader may see it; NotFound for a community not of here."""
    desk = Desk(uow, visit)
    community = _community(desk)
    coming, over = _events(desk, community)
    return View(
        title=_title(desk, community),
        things=readable([*coming, *over][:1]),
        values={
            "community": community,
            "coming": [card(desk, each, mode=_when(desk, each)) for each in coming],
            "over": [card(desk, each, mode=_when(desk, each)) for each in over[:MOST_OVER]],
        },
    )


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The same events, and more of those that are over."""
    desk = Desk(uow, visit)
    community = _community(desk)
    coming, over = _events(desk, community)
    path = f"{visit.path['community']}/agenda"
    return listing(desk, [*coming, *over], title=_title(desk, community), at=(path, {}))


def _community(desk: Desk) -> CommunityCard | None:
    """The community whose calendar it is, None for that of the whole site."""
    path = desk.visit.path["community"]
    return community_card(desk, desk.here(path)) if path else None


def _title(desk: Desk, community: CommunityCard | None) -> str:
    return desk.tongue.say("Agenda : %(name)s", name=community.name) if community else desk.tongue.say("Agenda")


def _events(desk: Desk, community: CommunityCard | None) -> tuple[list[StoredThing], list[StoredThing]]:
    """Those to come, the nearest first, and those that are over, the last first; what says no time is left out."""
    held = None if community is None else (community.iri,)
    hits = [hit for kind in KINDS for hit in desk.uow.search.find("", scope=desk.scope, communities=held, kind=kind, limit=MOST)]
    dated = sorted(
        ((start, hit.thing) for hit in hits if (start := _start(hit.thing))), key=lambda pair: (pair[0], pair[1].entry.iri)
    )
    now = desk.visit.house.now
    over = [stored for _, stored in reversed(dated) if isinstance(stored.thing, Event) and is_over(stored.thing, now)]
    passed = {stored.entry.iri for stored in over}
    return [stored for _, stored in dated if stored.entry.iri not in passed], over


def _start(stored: StoredThing) -> datetime | None:
    try:
        event = stored.thing
    except VocabError:
        return None
    return event.start_time if isinstance(event, Event) else None


def _when(desk: Desk, stored: StoredThing) -> str:
    return span(stored.thing, desk.tongue) if isinstance(stored.thing, Event) else ""


PAGE = Page(
    path="{community:/communautes/[a-z0-9-]+|}/agenda",
    right="anyone",
    show=show,
    menu=4,
    label=phrase("Agenda"),
    listing=listed,
)
