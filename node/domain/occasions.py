"""An event of ours made whole: where, who organises, whether it takes place, how one takes part; and who answers for one.

Spec: FEP-8a8e.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from node.domain.fields import ZONE, fold
from node.domain.participation import CANCELLED, EXTERNAL, FREE, INVITE, NONE, RESTRICTED
from node.domain.rights import Deed, may
from node.domain.spaces import attendees_of
from node.errors import Invalid
from vocab.namespaces import AS, FEP8A8E
from vocab.things.collection import Collection
from vocab.things.event import Event
from vocab.things.meeting import Meeting
from vocab.things.place import Place
from vocab.things.postal_address import PostalAddress
from vocab.things.virtual_location import VirtualLocation
from vocab.values import Ref, Text

E = TypeVar("E", bound=Event)

SCHEDULED, TENTATIVE = FEP8A8E + "EventScheduled", FEP8A8E + "EventTentative"
#: An event that does not say when it ends counts as over after so long; the end is not shown.
USUAL_LENGTH = timedelta(hours=2)

_STATES = {
    "prevu": SCHEDULED, "prevue": SCHEDULED, "scheduled": SCHEDULED, "confirme": SCHEDULED, "confirmee": SCHEDULED,
    "a confirmer": TENTATIVE, "tentative": TENTATIVE, "annule": CANCELLED, "annulee": CANCELLED, "cancelled": CANCELLED,
    "reporte": FEP8A8E + "EventPostponed", "reportee": FEP8A8E + "EventPostponed", "postponed": FEP8A8E + "EventPostponed",
    "deplace": FEP8A8E + "EventRescheduled", "deplacee": FEP8A8E + "EventRescheduled",
    "rescheduled": FEP8A8E + "EventRescheduled", "en ligne": FEP8A8E + "EventMovedOnline",
}  # fmt: skip
#: What calendars call each state; every other one is CONFIRMED for them.
_CALENDAR = {CANCELLED: "CANCELLED", TENTATIVE: "TENTATIVE", FEP8A8E + "EventPostponed": "TENTATIVE"}
_MODES = {
    "libre": FREE, "ouverte": FREE, "sur demande": RESTRICTED, "moderee": RESTRICTED, "restreinte": RESTRICTED,
    "sur invitation": INVITE, "aucune": NONE, "ailleurs": EXTERNAL, "externe": EXTERNAL,
    **{mode: mode for mode in (FREE, RESTRICTED, INVITE, NONE, EXTERNAL)},
}  # fmt: skip


def planned(event: E, iri: str, organizers: tuple[str, ...], words: Mapping[str, str], url: str) -> E:
    """The event as it is published at `iri`. `words` holds what was written of its place and state rather than addressed.

    `url` is the address of the node. Raises Invalid for a zone, state or way of joining that is not known.
    """
    start, end = event.start_time, event.end_time
    state = event.event_status or Ref(_said(words.get("eventStatus", "prevu"), _STATES, "state of an event"))
    listed = Collection(id=f"{iri}#organisation", items=tuple(Ref(who) for who in organizers), total_items=len(organizers))
    is_meeting = isinstance(event, Meeting)
    return replace(
        event,
        timezone=_zone(event.timezone or ZONE),
        end_time=end or (start + USUAL_LENGTH if start else None),
        shows_end=event.shows_end if event.shows_end is not None else end is not None,
        location=_places(event, iri, words.get("location", ""), url),
        organizers=(listed.ref,),
        event_status=state,
        calendar_status=_CALENDAR.get(state.iri, "CONFIRMED"),
        join_mode=_said(event.join_mode or FREE, _MODES, "way of joining"),
        category=event.category or (("MEETING",) if is_meeting else ()),
        attendees=Ref(attendees_of(iri)),
    )


def hosts(event: Event, author: str) -> tuple[str, ...]:
    """The actors who answer for an event, on its own server: who wrote it, who organises it, who is named as its actor."""
    listed = [ref.thing for ref in event.organizers]
    items = [item.iri for each in listed if isinstance(each, Collection) for item in each.items]
    named = [author, *(ref.iri for ref in event.attributed_to), *items, *_actors(event)]
    return tuple(dict.fromkeys(iri for iri in named if iri))


def organises(person: str, author: str, roles: Iterable[str]) -> bool:
    """Whether somebody with these roles in the community of an event sees who comes, lets people in and moves it."""
    return bool(person) and (person == author or may(roles, Deed.EDIT_ANY))


def _actors(event: Event) -> list[str]:
    """Mobilizon writes the person who organises as the `actor` of an event that is attributed to their group."""
    texts = [text for iri, text in event.unknown if iri == AS + "actor"]
    values = [value for text in texts for value in json.loads(text)]
    return [value["@id"] for value in values if isinstance(value, dict) and isinstance(value.get("@id"), str)]


def _places(event: Event, iri: str, words: str, url: str) -> tuple[Ref, ...]:
    named = [part.strip() for part in words.split(";") if part.strip()]
    given = [_place_at(ref, f"{iri}#lieu-{number}", url) for number, ref in enumerate(event.location, 1)]
    made = [_place_named(name, f"{iri}#lieu-{number}") for number, name in enumerate(named, len(given) + 1)]
    return (*made, *given)


def _place_at(ref: Ref, iri: str, url: str) -> Ref:
    """A place of this node is pointed to; any other address is a room online."""
    if ref.thing is not None or ref.iri.startswith(f"{url}/lieux/"):
        return ref
    return VirtualLocation(id=iri, name=Text.of(ref.iri.partition("://")[2]), url=(Ref(ref.iri),)).ref


def _place_named(words: str, iri: str) -> Ref:
    """« Maison Gauvreau, 1 rue de l’Évêché, Rimouski »: the name, and after the first comma its address."""
    name, _, address = words.partition(",")
    where = (PostalAddress(id=f"{iri}-adresse", street_address=address.strip()).ref,) if address.strip() else ()
    return Place(id=iri, name=Text.of(name.strip()), address=where).ref


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise Invalid(f"« {name} » is no time zone; write one like America/Toronto") from fault
    return name


def _said(word: str, known: Mapping[str, str], what: str) -> str:
    found = known.get(fold(word))
    if found is None:
        raise Invalid(f"« {word} » is no {what}; write one of {', '.join(known)}")
    return found


def place_of(ref: Ref) -> str:
    """A place in one line; of a room online its address."""
    place = ref.thing
    if isinstance(place, VirtualLocation):
        return next((each.iri for each in place.url if each.iri), "")
    if not isinstance(place, Place):
        return ""
    parts = [place.name.primary if place.name else ""]
    for each in place.address:
        if isinstance(each.thing, PostalAddress):
            parts += [each.thing.street_address or "", each.thing.address_locality or ""]
    return ", ".join(part for part in parts if part)
