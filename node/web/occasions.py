"""Events and questions as their pages show them: when, where, with whom, whether it takes place, how one takes part; choices.

Spec: FEP-8a8e.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from node.domain.fields import ZONE
from node.domain.html import plain
from node.domain.legible import ROOM
from node.domain.participation import (
    CANCELLED,
    EXTERNAL,
    FREE,
    INVITE,
    RESTRICTED,
    SAID_HERE,
    State,
    Verdict,
    decide,
    is_cancelled,
    is_over,
    sentence,
)
from node.domain.recurring import following
from node.storage.hosts import host_of
from node.storage.participating import taken
from node.storage.stored import StoredThing
from node.web.attendance import office
from node.web.desk import Desk, Link, refs
from node.web.translations import TAGS, Tongue, phrase
from node.web.wording import date_words, time_words, zone
from vocab.namespaces import FEP8A8E
from vocab.things.collection import Collection
from vocab.things.event import Event
from vocab.things.link import Link as Pointer
from vocab.things.place import Place
from vocab.things.postal_address import PostalAddress
from vocab.things.question import Question
from vocab.things.virtual_location import VirtualLocation
from vocab.values import Ref

_DAYS = {"fr": "EEEE d MMMM y", "en": "EEEE, MMMM d, y"}
_HOURS = {"fr": "H'\u00a0h\u00a0'mm", "en": "h:mm a"}
_MOST = 20

#: What the state of an event is called, where it is not simply planned.
_STATES = {
    CANCELLED: phrase("Annulé"),
    FEP8A8E + "EventPostponed": phrase("Reporté"),
    FEP8A8E + "EventRescheduled": phrase("Déplacé à une autre date"),
    FEP8A8E + "EventMovedOnline": phrase("Déplacé en ligne"),
    FEP8A8E + "EventTentative": phrase("À confirmer"),
}
_MODES = {
    FREE: phrase("L’inscription est libre."),
    RESTRICTED: phrase("Les inscriptions sont confirmées une à une."),
    INVITE: phrase("On y vient sur invitation."),
    EXTERNAL: phrase("L’inscription se fait ailleurs."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where an event takes place: its name, its address in words, and a link for what is online."""

    name: str
    address: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a question, and how many chose it (None where that is not said)."""

    text: str
    count: int | None


def occasion(desk: Desk, stored: StoredThing) -> dict[str, Any] | None:
    """What the page of an event shows, None for what is none."""
    event = stored.thing
    if not isinstance(event, Event):
        return None
    mode = (event.join_mode or "").lower()
    own = desk.answered.get(stored.entry.iri)
    shown = following(event, desk.visit.house.now)
    return {
        "when": span(shown, desk.tongue),
        "start": shown.start_time,
        "spots": [_spot(desk, ref) for ref in (*event.location, *_rooms(event))[:_MOST]],
        "organizers": _organizers(desk, event),
        "state": state_words(desk, event),
        "is_over": is_over(event, desk.visit.house.now),
        "mode": desk.tongue.say(_MODES[mode]) if mode in _MODES else "",
        "register": _web(event.external_participation_url or ""),
        "capacity": event.maximum_attendee_capacity or 0,
        "taken": desk.uow.participations.count(stored.entry.iri) if stored.entry.is_local else None,
        "own": sentence(own.state).in_language(desk.as_spoken) if own and own.state is not State.ENDED else "",
        "own_at": own.asked_at if own and own.state is State.REQUESTED else None,
        "choices": choices(desk, stored, event, own.state if own else None),
        "by_letter": _by_letter(desk, stored, event),
        **office(desk, stored),
    }


def choices(desk: Desk, stored: StoredThing, event: Event, own: State | None, iri: str = "") -> list[tuple[str, str, bool]]:
    """What this reader can answer: the deed, its words, whether they said so; what would be refused is not offered.

    `iri` is that of the date that is meant, "" for all of them.
    """
    is_closed = is_over(event, desk.visit.house.now) or is_cancelled(event)
    has_place = own in {State.REQUESTED, State.ACCEPTED}
    if not desk.visit.form_token or (is_closed and not has_place):
        return []
    offered = [("inscrire", phrase("J’y serai"), has_place)] if has_place or _may_register(desk, stored, event, own, iri) else []
    if offered or own in SAID_HERE:
        offered.append(("peut-etre", phrase("Peut-être"), own is State.MAYBE))
        offered.append(("pas-la", phrase("Je n’y serai pas"), own is State.DECLINED))
    return [(deed, desk.tongue.say(words), is_said) for deed, words, is_said in offered]


def _may_register(desk: Desk, stored: StoredThing, event: Event, own: State | None, date: str) -> bool:
    now, iri = desk.visit.house.now, date or stored.entry.iri
    if stored.entry.is_local:
        decision = decide(event, taken=taken(desk.uow, iri, but=desk.visit.reader.actor), already=own, at=now)
        return decision.verdict in {Verdict.ACCEPT, Verdict.HOLD}
    is_closed = is_over(event, now) or is_cancelled(event) or desk.uow.peers.is_blocked(host_of(iri))
    return (event.join_mode or "").lower() in {FREE, RESTRICTED} and not is_closed


def _by_letter(desk: Desk, stored: StoredThing, event: Event) -> str:
    """Where one writes to take part in an event elsewhere that takes no registrations from here; "" where none is needed."""
    is_asked = stored.entry.is_local or (event.join_mode or "").lower() in {FREE, RESTRICTED}
    if is_asked or is_over(event, desk.visit.house.now) or is_cancelled(event) or _web(event.external_participation_url or ""):
        return ""
    return next((address for ref in event.url if (address := _web(ref.iri))), "") or _web(stored.entry.iri)


def question(desk: Desk, stored: StoredThing) -> dict[str, Any] | None:
    """What the page of a question shows: it is answered where it was asked, never here. None for what is none."""
    asked = stored.thing
    if not isinstance(asked, Question):
        return None
    end = asked.closed or asked.end_time
    return {
        "choices": [_choice(desk, ref) for ref in (*asked.one_of, *asked.any_of)[:_MOST]],
        "is_several": bool(asked.any_of),
        "is_closed": end is not None and end <= desk.visit.house.now,
        "end": end,
    }


def span(event: Event, tongue: Tongue) -> str:
    """When an event takes place, on the clocks of where it does: « samedi 3 octobre 2026, de 14 h 00 à 16 h 00 »."""
    start, end = event.start_time, event.end_time if event.shows_end is not False else None
    if start is None:
        return tongue.say("Date à venir")
    clock = _clock(event.timezone)
    values = {"day": _day(start, clock, tongue), "start": _hour(start, clock, tongue)}
    if event.is_all_day:
        words = values["day"]
    elif end is None or end <= start:
        words = tongue.say("%(day)s, à %(start)s", **values)
    elif start.astimezone(clock).date() == end.astimezone(clock).date():
        words = tongue.say("%(day)s, de %(start)s à %(end)s", **values, end=_hour(end, clock, tongue))
    else:
        last = {"last": _day(end, clock, tongue), "end": _hour(end, clock, tongue)}
        words = tongue.say("du %(day)s à %(start)s au %(last)s à %(end)s", **values, **last)
    return f"{words} ({clock})" if event.timezone and str(clock) != ZONE else words


def _clock(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else zone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return zone()


def _day(moment: datetime, clock: tzinfo, tongue: Tongue) -> str:
    local = moment.astimezone(clock)
    words = date_words(local.date(), _DAYS[tongue.language], TAGS[tongue.language])
    return words.replace(" 1 ", " 1er ", 1) if tongue.language == "fr" and local.day == 1 else words


def _hour(moment: datetime, clock: tzinfo, tongue: Tongue) -> str:
    local = moment.astimezone(clock)
    return time_words(local.hour, local.minute, _HOURS[tongue.language], TAGS[tongue.language])


def place_words(desk: Desk, event: Event) -> str:
    """Where an event takes place, in one line."""
    spots = (_spot(desk, ref) for ref in event.location[:_MOST])
    return "; ".join(", ".join(part for part in (spot.name, spot.address) if part) for spot in spots)


def state_words(desk: Desk, event: Event) -> str:
    """What is to be known of an event that is not simply planned: that it is cancelled, put off, moved, not certain."""
    if is_cancelled(event):
        return desk.tongue.say(_STATES[CANCELLED])
    state = event.event_status.iri if event.event_status else ""
    return desk.tongue.say(_STATES[state]) if state in _STATES else ""


def _organizers(desk: Desk, event: Event) -> list[Link]:
    """Those whom the event names; who wrote it where it names none. A list that is there and empty is kept secret."""
    listed = [ref.thing for ref in event.organizers if isinstance(ref.thing, Collection)]
    if listed or event.organizers:
        named = [item for each in listed for item in each.items] or [ref for ref in event.organizers if not ref.thing]
        return [desk.person(ref.iri) for ref in named[:_MOST] if ref.iri]
    return [desk.person(ref.iri) for ref in event.attributed_to[:_MOST] if ref.iri]


def _rooms(event: Event) -> list[Ref]:
    """The rooms online that hang on as links, as Mobilizon has them, unless they stand among the places too."""
    shown = {each.iri for ref in event.location if isinstance(ref.thing, VirtualLocation) for each in ref.thing.url}
    links = [(ref, ref.thing) for ref in event.attachment if isinstance(ref.thing, Pointer)]
    named = [(ref, link.href) for ref, link in links if link.name is not None and link.name.primary == ROOM and link.href]
    return [ref for ref, href in named if href.iri not in shown]


def _spot(desk: Desk, ref: Ref) -> Spot:
    place = ref.thing
    if isinstance(place, Pointer):
        return Spot(name=desk.tongue.say("En ligne"), address="", href=_web(place.href.iri if place.href else ""))
    if isinstance(place, VirtualLocation):
        name, _ = desk.worded(place.name)
        href = next((_web(each.iri) for each in place.url if each.iri), "")
        return Spot(name=plain(name) or desk.tongue.say("En ligne"), address="", href=href)
    if isinstance(place, Place):
        name, _ = desk.worded(place.name)
        return Spot(name=plain(name), address=", ".join(_lines(place)), href="")
    link = desk.term(ref)
    return Spot(name=link.text, address="", href=link.href)


def _lines(place: Place) -> list[str]:
    found: list[str] = []
    for ref in place.address:
        said = ref.thing
        if isinstance(said, PostalAddress):
            found += [said.street_address or "", said.address_locality or "", said.postal_code or "", said.address_region or ""]
            found.append(said.address_country or "")
    return [plain(line) for line in found if line.strip()]


def _choice(desk: Desk, ref: Ref) -> Choice:
    name, _ = desk.worded(getattr(ref.thing, "name", None))
    counts = [each.thing.total_items for each in refs(ref.thing, "replies") if isinstance(each.thing, Collection)]
    return Choice(text=plain(name), count=next((count for count in counts if count is not None and count >= 0), None))


def _web(address: str) -> str:
    return address if address.startswith(("https://", "http://", "mailto:")) else ""
