"""The meetings of a community that are to come, and when they are, in words."""

from __future__ import annotations

from dataclasses import dataclass

from node.contracts import House
from node.domain.participation import is_cancelled, is_over
from node.domain.recurring import following
from node.domain.visibility import Scope
from node.storage.unit_of_work import UnitOfWork
from node.web.occasions import span
from node.web.translations import Tongue
from vocab.errors import VocabError
from vocab.things.event import Event

#: So many events, those that came here last, are looked through.
_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMeeting:
    """The meeting that comes next: its IRI, what it is called, when it is."""

    iri: str
    name: str
    words: str


def next_meeting(uow: UnitOfWork, house: House, community: str, tongue: Tongue) -> NextMeeting | None:
    """What its members have before them, None when no date is set; what is for nobody but its author is not among it."""
    scope = Scope(communities=frozenset({community}))
    found: list[tuple[Event, str]] = []
    for kind in ("Meeting", "Event"):
        for hit in uow.search.find("", scope=scope, communities=(community,), kind=kind, limit=_MOST):
            try:
                event = hit.thing.thing
            except VocabError:
                continue
            is_coming = isinstance(event, Event) and event.start_time and not is_over(event, house.now)
            if isinstance(event, Event) and is_coming and not is_cancelled(event):
                found.append((following(event, house.now), hit.thing.entry.iri))
    if not found:
        return None
    event, iri = min(found, key=lambda pair: (pair[0].start_time or house.now, pair[1]))
    return NextMeeting(iri=iri, name=event.name.primary if event.name else "", words=span(event, tongue))
