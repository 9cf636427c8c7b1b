"""Things to the JSON that travels: one type, our kinds, arrays where peers want them, a context pruned to what is used."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from vocab.definitions import KIND, given, pruned, source_of
from vocab.errors import WrongValue
from vocab.jsonld_limits import Json
from vocab.namespaces import AS, AS_CONTEXT, PUBLIC, PUBLIC_FORMS, SECURITY, SECURITY_CONTEXT
from vocab.terms import Shape, Slot, slots_of
from vocab.thing import Thing
from vocab.types import registry
from vocab.values import UNDETERMINED, Ref, Text

#: Wraps what it carries as it is: its own words stay out of the way, what is embedded brings its own context.
_WRAPPERS = frozenset({"Announce"})

#: What holds for the very document it came in, and for no other: never written again.
_OF_THE_DOCUMENT = frozenset({f"{SECURITY}proof", f"{SECURITY}signature"})


def document(thing: Thing, also: Sequence[str] = ()) -> dict[str, Any]:
    """The wire form of a thing, with its context in front; `also` are addresses of further contexts that it names."""
    writer = _Writer(is_wrapper=thing.type in _WRAPPERS)
    body = writer.node(thing)
    return {"@context": writer.context(also), **body}


class _Writer:
    """Writes one document, and remembers which keys its context must explain."""

    def __init__(self, *, is_wrapper: bool = False) -> None:
        self.is_wrapper = is_wrapper
        self.used: set[str] = set()
        self.sources: set[str] = set()

    def context(self, also: Sequence[str] = ()) -> str | list[Any]:
        """The context of what was written: ActivityStreams, security for keys, and our own words that were used."""
        own = pruned(self.used)
        security = [SECURITY_CONTEXT] if SECURITY_CONTEXT in self.sources else []
        if not security and not also and not own:
            return AS_CONTEXT
        return [AS_CONTEXT, *security, *also, *([own] if own else [])]

    def node(self, thing: Thing) -> dict[str, Any]:
        """One thing, without context."""
        found: dict[str, Any] = {}
        if thing.id:
            found["id"] = thing.id
        if thing.type:
            found["type"] = self._type(thing.type)
        if thing.kind:
            found[KIND] = [self._type(kind) for kind in thing.kind]
            self.used.add(KIND)
        for slot in slots_of(type(thing)):
            value = getattr(thing, slot.name)
            if value is not None and (value != () or (slot.term.container == "@list" and _is_known_empty(thing))):
                self._property(found, slot, value)
        found |= {_unknown_key(iri): _unknown_value(text) for iri, text in thing.unknown if iri not in _OF_THE_DOCUMENT}
        return found

    def _type(self, name: str) -> str:
        cls = registry().by_key.get(name)
        if cls is None or cls.ABOUT.is_abstract:
            return name
        if name not in given():
            self.used.add(name)
        return name

    def _property(self, found: dict[str, Any], slot: Slot, value: Json) -> None:
        if slot.shape is Shape.TEXT:
            written = _texts(slot, value if isinstance(value, tuple) else (value,))
        else:
            written = {slot.key: self._values(slot, value)}
        source = source_of(slot)
        if source:
            self.sources.add(source)
        else:
            self.used |= written.keys()
        found |= written

    def _values(self, slot: Slot, value: Json) -> Json:
        members = value if isinstance(value, tuple) else (value,)
        written = [self._single(slot, member) for member in members]
        return written if slot.term.is_listed or len(written) > 1 else written[0]

    def _single(self, slot: Slot, value: Json) -> Json:
        if slot.shape is Shape.REF:
            return self._ref(slot, value)
        if slot.shape is Shape.MOMENT:
            return moment(value)
        if isinstance(value, float) and not math.isfinite(value):
            raise WrongValue(f"{slot.key} is no number that can be written.")
        return value

    def _ref(self, slot: Slot, ref: Ref) -> Json:
        if ref.thing is not None:
            return document(ref.thing) if self.is_wrapper else self.node(ref.thing)
        if ref.iri in PUBLIC_FORMS:
            return PUBLIC
        word = next((word for word, iri in slot.term.words.items() if iri == ref.iri), None)
        if word is not None:
            self.used.add(word)
            return word
        return {"id": ref.iri} if slot.term.is_uncoerced else ref.iri


def _is_known_empty(thing: Thing) -> bool:
    """Whether an empty list says so: a page, or a collection of nothing. Readers look for the list itself."""
    return hasattr(thing, "part_of") or getattr(thing, "total_items", None) == 0


def moment(at: datetime) -> str:
    """RFC 3339 in UTC with Z, with a fraction only where there is one; WrongValue for a moment without zone."""
    if at.tzinfo is None:
        raise WrongValue("A moment without its zone is no moment.")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _texts(slot: Slot, texts: Iterable[Text]) -> dict[str, Any]:
    """The words of ActivityStreams: a plain value in the primary language and a map of all. Ours: only the map."""
    texts = tuple(texts)
    by_language: dict[str, list[str]] = {}
    for text in texts:
        for language, content in text.entries:
            by_language.setdefault(language, []).append(content)
    bare = by_language.pop(UNDETERMINED, [])
    map_ = {language: _one_or_many(contents) for language, contents in by_language.items()}
    if slot.has_map and slot.term.iri.startswith(AS):
        plain: dict[str, Any] = {slot.key: texts[0].primary}
        return {**plain, slot.key + "Map": map_} if map_ else plain
    if slot.has_map:
        plain = {slot.key: _one_or_many(bare)} if bare else {}
        return {**plain, slot.key + "Map": map_} if map_ else plain
    if not bare:
        return {slot.key: map_}
    tagged = [{"@value": content, "@language": language} for language, contents in by_language.items() for content in contents]
    return {slot.key: _one_or_many([*bare, *tagged])}


def _one_or_many(members: list[Any]) -> Json:
    return members[0] if len(members) == 1 else members


def _unknown_key(iri: str) -> str:
    bare = iri.removeprefix("_:")
    if bare == iri or ":" in bare or bare in given() or bare in pruned([bare]):
        return iri
    return bare


def _unknown_value(text: str) -> Json:
    values = [
        value["@value"] if isinstance(value, dict) and value.keys() == {"@value"} else value for value in orjson.loads(text)
    ]
    return _one_or_many(values)
