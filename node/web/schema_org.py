"""What search engines and reference managers read inside a page, in the words of schema.org; and the signposts in its headers.

Spec: FAIR Signposting §1. Spec: RFC 8574 §3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from node.domain.actors import glossary_of
from node.domain.notebooks import items_of
from node.storage.shelves.things import StoredThing
from node.web.cards import Card, CommunityCard
from node.web.desk import Desk, Link, refs, web
from vocab.things.event import Event
from vocab.things.notebook import Notebook
from vocab.things.place import Place
from vocab.things.virtual_location import VirtualLocation
from vocab.values import Ref

CONTEXT = "https://schema.org"
#: So many of a list are named in its page; the whole of it is in the formats that it offers.
MOST = 50

#: Each kind of resource as schema.org knows it; anything else is an article.
_TYPES: Mapping[str, str] = {
    "Concept": "DefinedTerm",
    "ConceptScheme": "DefinedTermSet",
    "Notebook": "Collection",
    "Place": "Place",
    "Note": "SocialMediaPosting",
    "Question": "Question",
    "Meeting": "Event",
    "Event": "Event",
    "Video": "VideoObject",
    "Audio": "AudioObject",
    "Image": "ImageObject",
    "Mapping": "CreativeWork",
}
_CREATIVE = frozenset({"Article", "Collection", "SocialMediaPosting", "Question", "VideoObject", "AudioObject", "CreativeWork"})
_STATES: Mapping[str, str] = {"CANCELLED": "EventCancelled", "TENTATIVE": "EventPostponed", "CONFIRMED": "EventScheduled"}


def type_of(stored: StoredThing) -> str:
    """What a resource is in the words of schema.org."""
    return _TYPES.get(stored.entry.kind) or _TYPES.get(stored.entry.type, "Article")


def resource(desk: Desk, stored: StoredThing, *, title: str, summary: str, authors: Sequence[Link]) -> dict[str, Any]:
    """A resource; names are those that its reader may know."""
    entry, kind = stored.entry, type_of(stored)
    values: dict[str, Any] = {"@type": kind, "@id": entry.iri, "url": entry.iri, "name": title, "description": summary}
    if kind in _CREATIVE:
        values |= _work(desk, stored, title, authors)
    if isinstance(stored.thing, Event):
        values |= _event(desk, stored.thing, authors)
    if kind == "DefinedTerm" and entry.community and entry.is_local:
        name = desk.community(entry.community).text
        values["inDefinedTermSet"] = {"@type": "DefinedTermSet", "@id": glossary_of(entry.community), "name": name}
    return _full(values)


def community(desk: Desk, card: CommunityCard, summary: str) -> dict[str, Any]:
    """A community, and the organisation that it lives with."""
    home = {"@type": "Organization", "name": card.organisation, "@id": desk.visit.house.organisation if not card.host else ""}
    about = {"@type": "Organization", "@id": card.iri, "url": card.iri, "name": card.name, "description": summary}
    return _full({**about, "parentOrganization": _lean(home)})


def listed(desk: Desk, title: str, cards: Sequence[Card]) -> dict[str, Any]:
    """A page that lists something."""
    items = [
        {"@type": "ListItem", "position": place, "url": card.iri, "name": card.title}
        for place, card in enumerate(cards[:MOST], 1)
    ]
    about = {"@type": "CollectionPage", "url": desk.visit.house.url + desk.visit.url, "name": title, "inLanguage": desk.language}
    return _full({**about, "mainEntity": {"@type": "ItemList", "itemListElement": items}})


def signposts(stored: StoredThing) -> list[tuple[str, str]]:
    """Where a robot goes from the page of a resource: how to cite it, what it is, whose, under which licence, what it holds."""
    entry, thing = stored.entry, stored.thing
    found = [("cite-as", entry.iri), ("type", f"{CONTEXT}/AboutPage"), ("type", f"{CONTEXT}/{type_of(stored)}")]
    found += [("author", ref.iri) for ref in refs(thing, "attributed_to")[:MOST]]
    found += [("license", entry.license)]
    found += [("item", iri) for iri in _held(thing)]
    found += [("collection", ref.iri) for ref in refs(thing, "is_part_of")[:MOST]]
    return [(relation, target) for relation, target in found if target]


def _work(desk: Desk, stored: StoredThing, title: str, authors: Sequence[Link]) -> dict[str, Any]:
    entry, thing = stored.entry, stored.thing
    topics = [desk.term(ref) for ref in refs(thing, "topic")[:MOST]]
    parts = [{"@type": "CreativeWork", "url": iri} for iri in _held(thing) if web(iri)]
    return {
        "headline": title[:110],
        "inLanguage": entry.language,
        "author": [_lean({"@type": "Person", "name": author.text, "url": _whole(desk, author.href)}) for author in authors],
        "datePublished": entry.published_at.date().isoformat() if entry.published_at else "",
        "dateModified": entry.updated_at.date().isoformat() if entry.updated_at else "",
        "license": entry.license,
        "isPartOf": {"@type": "Collection", "name": desk.community(entry.community).text} if entry.community else "",
        "publisher": {"@type": "Organization", "name": desk.origin(entry.iri).name},
        "about": [_lean({"@type": "DefinedTerm", "name": topic.text, "url": _whole(desk, topic.href)}) for topic in topics],
        "hasPart": parts,
        "version": str(getattr(thing, "version", None) or ""),
    }


def _event(desk: Desk, event: Event, authors: Sequence[Link]) -> dict[str, Any]:
    state = _STATES.get((event.calendar_status or "").upper(), "")
    mode = event.attendance_mode.iri if event.attendance_mode else ""
    return {
        "startDate": _said(event.start_time),
        "endDate": _said(event.end_time) if event.shows_end is not False else "",
        "eventStatus": f"{CONTEXT}/{state}" if state else "",
        "eventAttendanceMode": mode.replace("http://schema.org/", f"{CONTEXT}/"),
        "location": [place for ref in event.location[:MOST] if (place := _place(desk, ref))],
        "organizer": [
            _lean({"@type": "Organization", "name": author.text, "url": _whole(desk, author.href)}) for author in authors
        ],
    }


def _place(desk: Desk, ref: Ref) -> dict[str, Any]:
    place = ref.thing
    if isinstance(place, VirtualLocation):
        return _lean({"@type": "VirtualLocation", "url": next((web(each.iri) for each in place.url if each.iri), "")})
    name = desk.worded(place.name)[0] if isinstance(place, Place) else desk.term(ref).text if ref.iri else ""
    return {"@type": "Place", "name": name} if name else {}


def _held(thing: object) -> tuple[str, ...]:
    return items_of(thing)[:MOST] if isinstance(thing, Notebook) else ()


def _whole(desk: Desk, href: str) -> str:
    return f"{desk.visit.house.url}{href}" if href.startswith("/") else web(href)


def _said(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else ""


def _full(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"@context": CONTEXT, **_lean(values)}


def _lean(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
