"""What the fields at the head of a text, or the cells of a row, say of a thing: its class, its values, what it only names.

Any property of the vocabulary may be a field under its own name; the names in `_NAMES` are for people.
"""

from __future__ import annotations

import re
from collections import abc
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from node.domain import prose
from node.domain.entries import Audience
from node.domain.fields import ZONE, fold, plain_value, pointers, texts
from node.domain.files import Field
from node.errors import Invalid
from vocab.namespaces import CONCEPTS
from vocab.terms import Shape, Slot, slots_of
from vocab.things.event import Event
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.things.repertoire_item import RepertoireItem
from vocab.types import all_types, key_of

#: What people call a field → its name. Names of properties need not be here.
_NAMES = {
    "titre": "title", "name": "title", "nom": "title", "resume": "summary", "description": "summary", "type": "kind",
    "sorte": "kind", "sujets": "topic", "sujet": "topic", "tags": "topic", "topics": "topic", "territoire": "territory",
    "licence": "license", "langue": "language", "lang": "language", "inlanguage": "language", "auteur": "author",
    "auteurs": "author", "autrice": "author", "authors": "author", "attributedto": "author", "public": "audience",
    "visibilite": "audience", "relation": "relationship", "objet": "object", "confiance": "confidence",
    "etat": "mappingstate", "state": "mappingstate", "cle": "key", "id": "key", "glossaire": "inscheme",
    "date": "published", "leviers": "actionlever", "secteur": "sector", "debut": "starttime", "start": "starttime",
    "fin": "endtime", "end": "endtime", "fuseau": "timezone", "fuseauhoraire": "timezone", "lieu": "location",
    "lieux": "location", "inscription": "joinmode", "inscriptions": "joinmode", "places": "maximumattendeecapacity",
    "capacite": "maximumattendeecapacity", "statut": "eventstatus", "categorie": "category", "lien": "url", "liens": "url",
    "link": "url", "adresse": "url", "origine": "origin", "source": "origin", "provenance": "origin", "contenu": "content",
    "texte": "content", "text": "content", "body": "content", "corps": "content", "motscles": "topic", "keywords": "topic",
    "etiquettes": "topic", "themes": "topic", "theme": "topic", "identifiant": "key", "publiele": "published",
    "datedepublication": "published", "created": "published", "creele": "published", "modifiele": "updated",
    "misajourle": "updated", "modified": "updated", "forme": "genre", "nature": "genre", "statutdusavoir": "knowledgestatus",
    "actualite": "currency", "arelirele": "reviewby", "confidentialite": "confidentiality",
}  # fmt: skip
#: What the deed that publishes decides about.
_FOR_THE_DEED = frozenset({"author", "key"})
#: What is read before the properties of the class, each in its own way.
READ_APART = _FOR_THE_DEED | {"title", "kind", "language", "summary", "audience", "content", "mediatype"}
_AUDIENCES = {
    "moi": Audience.SELF, "prive": Audience.SELF, "brouillon": Audience.SELF, "ma communaute": Audience.COMMUNITY,
    "communaute": Audience.COMMUNITY, "communautes choisies": Audience.CHOSEN,
    **{audience.value: audience for audience in Audience},
}  # fmt: skip
_CARRIERS = frozenset({"Article", "Page", "Note", "Event", "Place"})


class Misread(Invalid):
    """A field that cannot be understood, with its line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def field_name(word: str) -> str:
    """The name of a field that people may call otherwise: « Mots-clés » is a topic, « auteur·rice » an author."""
    plain_word = re.sub(r"[\W_]", "", fold(word))
    if plain_word.startswith(("auteur", "autric", "author")):
        return "author"
    return _NAMES.get(plain_word, plain_word)


def class_of(head: abc.Mapping[str, Field]) -> type[Object]:
    """The class that `kind` names, in either language; a practice note needs only its genre to say so."""
    field = head.get("kind")
    if field is None:
        genre = head.get("genre")
        is_note = genre is not None and fold(" ".join(genre.texts)).replace("-", " ") in {"note de pratique", "practice note"}
        return PracticeNote if is_note or (genre and genre.texts == (f"{CONCEPTS}genres/note-de-pratique",)) else RepertoireItem
    wanted = fold(" ".join(field.texts)).replace(" ", "")
    kinds = [cls for cls in all_types() if cls.TYPE in _CARRIERS and issubclass(cls, Object)]
    for cls in kinds:
        if wanted in {fold(word).replace(" ", "") for word in (key_of(cls), *cls.ABOUT.label.values())}:
            return cls
    raise Misread(field.line, f"kind {field.value!r} is not known; write one of {', '.join(key_of(cls) for cls in kinds)}")


def values_of(
    kind: type[Object], head: abc.Mapping[str, Field], language: str
) -> tuple[dict[str, Any], dict[str, str], tuple[str, ...]]:
    """The values for the fields of the class, the options, and the topics that are only named."""
    slots = _slots(kind)  # type: ignore[arg-type]  # a class is hashable
    values: dict[str, Any] = {}
    options = {word: "; ".join(head[word].texts) for word in sorted(_FOR_THE_DEED & set(head))}
    if "audience" in head:
        options["audience"] = _audience(head["audience"])
    topics: tuple[str, ...] = ()
    clock = _clock(head) if issubclass(kind, Event) else ""
    for word, field in head.items():
        slot = slots.get(word)
        if word in READ_APART:
            continue
        if slot is None:
            options[word] = "; ".join(field.texts)
            continue
        value, names = _value(slot, field, language, clock)
        values |= {slot.name: value} if value not in {None, ()} else {}
        if slot.name == "topic":
            topics = names
        elif names:
            options[slot.key] = "; ".join(names)
    return values, options, topics


@cache
def _slots(kind: type[Object]) -> abc.Mapping[str, Slot]:
    """The properties of a class by what a field may call them."""
    return {re.sub("_", "", word).casefold(): slot for slot in slots_of(kind) for word in (slot.name, slot.key)}


def _clock(head: abc.Mapping[str, Field]) -> str:
    """The time zone in which the hours of an event are written."""
    field = head.get("timezone")
    name = " ".join(field.texts) if field is not None else ZONE
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise Misread(field.line if field else 1, f"{name!r} is no time zone; write one like America/Toronto") from fault
    return name


def _value(slot: Slot, field: Field, language: str, clock: str) -> tuple[object, tuple[str, ...]]:
    """What a field says, and the names in it that are not addresses."""
    names: tuple[str, ...] = ()
    found: tuple[object, ...]
    try:
        match slot.shape:
            case Shape.REF:
                found, names = pointers(slot, field.texts)
            case Shape.TEXT:
                found = texts(field.value, language)
            case _:
                found = tuple(plain_value(slot, text, clock) for text in field.texts)
    except Invalid as fault:
        raise Misread(field.line, str(fault)) from fault
    if slot.is_many:
        return found, names
    if len(found) > 1:
        raise Misread(field.line, f"{slot.key} takes one value; keep one of {len(found)}")
    return (found[0] if found else None), names


def _audience(field: Field) -> str:
    wanted = fold(" ".join(field.texts))
    if wanted not in _AUDIENCES:
        raise Misread(field.line, f"audience {field.value!r} is not known; write private, community, chosen or public")
    return _AUDIENCES[wanted].value


def language_of(head: abc.Mapping[str, Field], words: str) -> str:
    """The language that a field says, else that of the words; "" when neither tells."""
    field = head.get("language")
    if field is None:
        return prose.language(words)
    said = " ".join(field.texts)
    tag = prose.language_tag(said)
    if not tag:
        raise Misread(field.line, f"language {said!r} is no language code; write fr, en, fr-CA…")
    return tag
