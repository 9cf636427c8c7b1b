"""A resource as its page shows it, in four zones: content, context, conversations, traces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from node.domain.html import clean, plain
from node.domain.legible import undated
from node.domain.notebooks import items_of, without_outline
from node.domain.sharing import LINK
from node.storage.indexing import LISTED
from node.storage.shelves.things import StoredThing
from node.storage.unreceived import unreceived
from node.web import schema_org
from node.web.aids import aids
from node.web.cards import audience_words, authors_of, card, kind_of, title_of
from node.web.contents import leads_to
from node.web.desk import Desk, Link, refs, web
from node.web.notebook import outline, trails
from node.web.occasions import occasion, question
from node.web.recurrences import again
from node.web.senses import equivalents, relation_words
from node.web.talk import talk
from node.web.tongues import tongues
from node.web.translations import phrase
from node.web.upkeep import unknown, upkeep
from node.web.wording import day, hour, language_name, leading, licence, number
from vocab import types
from vocab.namespaces import AS
from vocab.terms import Shape, Slot, slots_of
from vocab.thing import Thing
from vocab.things.event import Event
from vocab.things.notebook import Notebook
from vocab.values import Ref, Text

#: Properties that have their own place on the page, or say nothing to people.
_PLACED = frozenset({
    "name", "summary", "content", "media_type", "source", "attributed_to", "published",
    "updated", "license", "topic", "territory", "genre", "in_language", "version",
    "is_part_of", "entries", "references", "related", "replies", "in_reply_to", "context_",
    "tag", "attachment", "discussion", "credit", "change_note", "confidentiality", "derived_from", "revision_of",
    "translation_of",
    "access_level", "in_scheme",
    "top_concept_of", "pref_label", "generator", "preview", "history", "mapping_justification",
    "timezone", "event_status", "calendar_status", "category", "shows_end", "join_mode", "organizers", "attendees",
    "external_participation_url", "maximum_attendee_capacity", "start_time", "end_time", "recurrence", "calendar_uid",
    "calendar_sequence",
})  # fmt: skip
#: Those of ActivityStreams are plumbing, but for these.
_SHOWN = frozenset({"location", "subject", "relationship", "object"})
_MANY = 100
#: What is said after a form on such a page was sent.
_OUTCOMES = {
    "inscrire": phrase("C’est noté\u00a0: vous trouverez plus bas où en est votre inscription."),
    "peut-etre": phrase("C’est noté\u00a0: peut-être. Vous pourrez le préciser plus tard."),
    "pas-la": phrase("C’est noté\u00a0: vous n’y serez pas."),
    "accueillir": phrase("C’est dit\u00a0: cette personne a sa place."),
    "decliner": phrase("C’est dit\u00a0: cette personne n’a pas de place."),
    "deja-la": phrase(
        "Cette rencontre est maintenant connue ici, avec ses inscriptions\u00a0: elle est dans l’agenda, parmi celles d’ailleurs."
    ),
    "annoncee": phrase("La rencontre est annoncée\u00a0: elle est dans l’agenda, et chacun·e peut dire si elle ou il y sera."),
    "change": phrase("C’est enregistré\u00a0: les agendas abonnés changeront d’eux-mêmes."),
    "impossible": phrase("Cela n’a pas pu se faire\u00a0: il n’y a peut-être plus de place, ou l’autre site ne répond pas."),
    "ouvert": phrase("L’échange est ouvert\u00a0: les membres de la communauté peuvent y répondre."),
    "compris": phrase("C’est noté\u00a0: oui, c’est bien ça."),
    "modifier": phrase("C’est enregistré."),
    "retablir": phrase("La version d’avant est de retour. Celle qu’elle remplace reste dans l’historique."),
    "lire": phrase("C’est noté\u00a0: ce qui changera ensuite vous sera montré."),
    "plan": phrase("Le sommaire est enregistré."),
    "ralentir": phrase("L’échange est ralenti pour sept jours\u00a0: un message à l’heure au plus par personne."),
    "reprendre": phrase("Chacun·e écrit de nouveau à son rythme."),
    "aussi": phrase("C’est partagé là aussi\u00a0: la même page, une seule conversation."),
    "traduite": phrase("La traduction est publiée. L’original y mène, et elle mène à l’original."),
    "repondre": phrase("Votre réponse est publiée\u00a0; elle se lit plus bas."),
}
#: So many things that speak of a term or place are shown with it.
_FEW = 10

Trait = tuple[str, tuple[Link, ...]]


def reading(desk: Desk, stored: StoredThing) -> Mapping[str, Any]:
    """What the page of a resource shows."""
    entry, thing = stored.entry, stored.thing
    title, language = title_of(desk, stored)
    summary, summary_language = desk.worded(getattr(thing, "summary", None))
    content, content_language = desk.text_of(thing)
    summary, content = (undated(summary), undated(content)) if isinstance(thing, Event) else (summary, content)
    authors = authors_of(desk, stored)
    terms = licence(entry.license, desk.tongue)
    values: dict[str, Any] = {
        "iri": entry.iri,
        "is_gone": False,
        "kind": kind_of(desk, thing),
        "kind_name": entry.kind,
        "heading": title,
        "language_of_heading": language or entry.language,
        "language_of_lead": summary_language or entry.language,
        "language_of_text": content_language or language or entry.language,
        "summary": plain(summary),
        "lead": "" if _says_no_more(summary, f"{title} {content}") else plain(summary),
        "content": ""
        if "<img" not in content and _says_no_more(content, title)
        else clean(without_outline(content, [ref.iri for ref in _entries(thing)]), pictures=desk.visit.house.url),
        "authors": authors,
        "origin": desk.origin(entry.iri),
        "audience": audience_words(desk, entry.audience),
        "published_at": entry.published_at,
        "updated_at": entry.updated_at,
        "licence": terms,
        "traits": _traits(desk, stored),
        "outcome": _outcome(desk),
        "occasion": occasion(desk, stored),
        "again": again(desk, stored),
        "question": question(desk, stored),
        "schema": schema_org.resource(desk, stored, title=title, summary=plain(summary), authors=authors),
    }
    values["leads_to"] = leads_to(desk, stored)
    values |= tongues(desk, stored)
    values |= aids(desk, stored, values["content"], title, authors)
    return {**values, **_context(desk, stored), **_traces(desk, stored), **talk(desk, stored), **upkeep(desk, stored)}


def _outcome(desk: Desk) -> str:
    """What came of the form that led here."""
    done = desk.visit.query.get("fait", "") if desk.visit.form_token else ""
    return desk.tongue.say(_OUTCOMES[done]) if done in _OUTCOMES else ""


def gone(stored: StoredThing) -> Mapping[str, Any]:
    """What the page of something withdrawn shows: that it was, and when it went."""
    return {"is_gone": True, "deleted_at": stored.entry.deleted_at}


def _context(desk: Desk, stored: StoredThing) -> dict[str, Any]:
    thing, entry = stored.thing, stored.entry
    listing = _notebooks(desk, stored)
    notebooks = [_counted(desk, iri) for iri in listing]
    return {
        "community": desk.community(entry.community) if entry.community else None,
        "topics": [desk.term(ref) for ref in refs(thing, "topic")],
        "territories": [desk.term(ref) for ref in refs(thing, "territory", "spatial")],
        "notebooks": notebooks,
        "part_of": [_neighbour(desk, ref) for ref in refs(thing, "is_part_of") if not ref.iri or ref.iri not in listing],
        "related": [_neighbour(desk, ref) for ref in unknown(desk, refs(thing, "references", "related"))],
        "equivalents": equivalents(desk, entry.iri),
        "outline": outline(desk, stored) if isinstance(thing, Notebook) else [],
        "reading_href": desk.addresses.page(f"/carnets/{name}/lecture") if (name := _own_name(desk, entry.iri)) else "",
        "trails": trails(desk, stored, listing),
        **_told(desk, stored),
    }


def _counted(desk: Desk, iri: str) -> Link:
    """A notebook with how many things stand in it."""
    link, stored = desk.term(Ref(iri)), desk.uow.things.get(iri, desk.scope)
    count = len(items_of(stored.thing)) if stored is not None and isinstance(stored.thing, Notebook) else 0
    return replace(link, text=desk.tongue.say("%(name)s (%(count)s)", name=link.text, count=str(count))) if count else link


def _neighbour(desk: Desk, ref: Ref) -> Link:
    """What stands beside a resource; of what is only named here also its date, and how many notes a notebook has."""
    link, named = desk.term(ref), ref.thing
    entries = getattr(named, "entries", None)
    count = getattr(entries.thing, "total_items", None) if isinstance(entries, Ref) else None
    at = getattr(named, "published", None)
    more = [f"{count} note{'s' if count > 1 else ''}" if count else "", day(at, desk.language) if at else ""]
    return replace(link, text=" · ".join([link.text, *filter(None, more)]))


def _told(desk: Desk, stored: StoredThing) -> dict[str, Any]:
    """What speaks of a term, or is about a place; and where more of it is found."""
    iri, kind = stored.entry.iri, stored.entry.kind
    facet = {"Concept": "topic", "Place": "territory"}.get(kind)
    found = desk.uow.things.with_facet(facet, iri, scope=desk.scope, limit=_FEW + 1) if facet else []
    more = desk.addresses.page("/recherche", sujet=iri) if facet == "topic" and len(found) > _FEW else ""
    return {"spoken_of": [card(desk, each) for each in found[:_FEW]], "more": more, "is_talk": not facet}


def _own_name(desk: Desk, iri: str) -> str:
    """The name of a resource of this site in its address; "" for what comes from elsewhere."""
    return iri.rpartition("/")[2] if desk.visit.house.is_local(iri) else ""


def _says_no_more(text: str, than: str) -> bool:
    """Whether a text only says what another says too."""
    words = " ".join(plain(text).split()).rstrip("….\u00a0")
    return not words or words in " ".join(plain(than).split())


def _notebooks(desk: Desk, stored: StoredThing) -> list[str]:
    """The notebooks whose outline it stands in, and those that it says to be part of."""
    listing = [found.entry.iri for found in desk.uow.things.with_facet(LISTED, stored.entry.iri, scope=desk.scope)]
    said = [desk.uow.things.get(ref.iri, desk.scope) for ref in refs(stored.thing, "is_part_of")]
    named = [found.entry.iri for found in said if found and found.entry.kind == "Notebook" and not found.entry.deleted_at]
    return list(dict.fromkeys([*listing, *named]))


def _entries(thing: object) -> tuple[Ref, ...]:
    return tuple(item for ref in refs(thing, "entries") for item in refs(ref.thing, "ordered_items", "items"))[:_MANY]


def _traces(desk: Desk, stored: StoredThing) -> dict[str, Any]:
    thing, entry = stored.thing, stored.entry
    holders = [iri for iri in desk.uow.holdings.holders(entry.iri) if desk.uow.actors.get(iri) is not None]
    language = entry.language or desk.worded(getattr(thing, "name", None))[1]
    return {
        "holders": [desk.community(iri) for iri in holders],
        "made_from": [desk.term(ref) for ref in refs(thing, "derived_from", "revision_of")],
        "version": str(getattr(thing, "version", None) or ""),
        "written_in": language_name(language, desk.tongue) if language else "",
        "stored_at": None if entry.is_local else entry.stored_at,
        "missing": _missing(desk, stored),
        "shared_by": desk.person(entry.author) if entry.is_local and _is_link(thing) else None,
    }


def _is_link(thing: Thing) -> bool:
    """Whether somebody shared a page of others, whose authors are named in their place."""
    return any(ref.iri == LINK for ref in refs(thing, "genre"))


def _missing(desk: Desk, stored: StoredThing) -> list[tuple[str, datetime, bool]]:
    """The organisations that have not taken it yet, for whoever wrote it: name, since when, whether it was given up."""
    is_mine = bool(desk.visit.form_token) and stored.entry.is_local and stored.entry.author == desk.visit.reader.actor
    found = unreceived(desk.uow, stored.entry.iri, desk.visit.house.now) if is_mine else []
    return [(desk.house_of(each.host), each.since, each.is_given_up) for each in found]


def _traits(desk: Desk, stored: StoredThing) -> list[Trait]:
    """Every further property that its type defines, under the label that the vocabulary gives it."""
    thing = stored.thing
    found: list[Trait] = []
    for slot in slots_of(types.class_for(thing.type, thing.kind)):
        is_plumbing = slot.term.iri.startswith(AS) and slot.name not in _SHOWN
        is_content = slot.name == "definition" and getattr(thing, "content", None) is None
        if slot.name in _PLACED or is_plumbing or is_content or (slot.name == "location" and isinstance(thing, Event)):
            continue
        held = getattr(thing, slot.name, None)
        values = held if isinstance(held, tuple) else (held,)
        shown = tuple(_shown(desk, slot, value) for value in values if value not in (None, ""))
        if shown:
            label = slot.term.label.get(desk.language) or slot.term.label["fr"]
            found.append((leading(label), shown))
    return found


def _pointed(desk: Desk, slot: Slot, value: Ref) -> Link:
    """A relation in words, an address elsewhere as it is, anything else by its name."""
    if slot.name == "origin":
        return Link(text=value.iri, href=web(value.iri))
    return Link(text=words) if (words := relation_words(desk, value.iri)) else desk.term(value)


def _shown(desk: Desk, slot: Slot, value: object) -> Link:
    if isinstance(value, Ref):
        return _pointed(desk, slot, value)
    if isinstance(value, Text):
        words, language = desk.worded(value)
        return Link(text=plain(words), language=language)
    if isinstance(value, datetime):
        return Link(text=hour(value, desk.language))
    if slot.shape is Shape.TRUTH:
        return Link(text=desk.tongue.say("oui") if value else desk.tongue.say("non"))
    return Link(text=number(value, desk.tongue) if isinstance(value, float) else str(value))
