"""What the words of a document mean: the active context, built from pinned contexts and harmless inline maps.

A core term that gets another meaning is refused here; what only a full processor can follow is marked for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import orjson

from vocab.definitions import context as own_context
from vocab.errors import ForbiddenKeyword, Malformed, RedefinesTerm, TooLarge
from vocab.jsonld_contexts import FEDIVERSE, known, terms_at
from vocab.jsonld_core import KEYWORDS, core_names
from vocab.jsonld_limits import FORBIDDEN, Json
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, SECURITY_CONTEXT
from vocab.types import remembered

_KEYWORD_LIKE = re.compile(r"^@[A-Za-z]+$")
_PREFIX_END = frozenset(":/?#[]@")
_PLAIN_PARTS = frozenset({"@id", "@type", "@container"})
_PLAIN_CONTAINERS = frozenset({"", "@list", "@set", "@language"})
_ABSOLUTE = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*|_):[^\s]*$")
#: How long the text of a context may be to be remembered; how many are at the top of documents, and how many times fewer below.
_MEMORABLE, _MEMORY, _FEWER_BELOW = 8_192, 128, 32
#: How many terms of one map may rest on one another.
_MAX_CHAIN = 16
#: How many contexts may stand in one list, and how many terms may hold at once: each is copied for what it covers.
_MAX_CONTEXTS, _MAX_TERMS = 32, 2_000


class NeedsProcessor(Exception):
    """Only the full processor can read this."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a key means: its IRI (or @id, @type), how a plain value is read, in which container."""

    iri: str
    coercion: str = ""
    container: str = ""
    is_prefix: bool = False


@dataclass(slots=True)
class Active:
    """An active context. `imported` are the keys whose meaning the document itself brought in; the others were assumed."""

    terms: dict[str, Meaning]
    language: str = ""
    imported: set[str] = field(default_factory=set)
    needs_processor: bool = False
    capacity: int = 0
    memory: dict[bytes, Active] = field(default_factory=dict)

    def iri(self, name: str, *, is_word: bool = False) -> str:
        """The IRI that a value stands for; `is_word` looks among the terms first, and makes an unknown word `_:word`."""
        if is_word and (meaning := self.terms.get(name)) is not None:
            return meaning.iri
        prefix, colon, local = name.partition(":")
        if not colon or not prefix:
            return "_:" + name if is_word else name
        if prefix != "_" and not local.startswith("//"):
            meaning = self.terms.get(prefix)
            if meaning is not None and meaning.is_prefix:
                return meaning.iri + local
            if is_word and not _ABSOLUTE.match(name):
                return "_:" + name
        return name


def known_address(address: str) -> str | None:
    """The main address of a context that we know, ours included."""
    return CDP_CONTEXT if address == CDP_CONTEXT else known(address)


@remembered
def ground(*, is_known: bool) -> Active:
    """The meanings that lie under a document: of words that servers use without saying; ours too, unless it names
    contexts and `is_known` says that we know them all.
    """  # noqa: D205
    layers = (AS_CONTEXT, SECURITY_CONTEXT, FEDIVERSE) if is_known else (AS_CONTEXT, SECURITY_CONTEXT, FEDIVERSE, CDP_CONTEXT)
    terms: dict[str, Meaning] = {}
    for address in reversed(layers):
        terms |= _meanings_at(address)
    return Active(terms=terms, imported=set(_meanings_at(AS_CONTEXT)), capacity=_MEMORY)


@remembered
def core_meanings() -> dict[str, Meaning]:
    """What each core term means, by its key."""
    found = _meanings_at(SECURITY_CONTEXT) | _meanings_at(AS_CONTEXT)
    return {term: meaning for term, meaning in found.items() if term in core_names()}


@remembered
def core_iris() -> frozenset[str]:
    """The IRIs of the core terms, without those of prefixes and keywords."""
    return frozenset(
        meaning.iri for meaning in core_meanings().values() if not meaning.is_prefix and not meaning.iri.startswith("@")
    )


def terms_of_context(address: str) -> dict[str, Any]:
    """The terms of a context that we know, ours included, as they stand in its file."""
    return dict(own_context()) if address == CDP_CONTEXT else terms_at(address)


@remembered
def _meanings_at(address: str) -> dict[str, Meaning]:
    ground = {} if address == AS_CONTEXT else dict(_meanings_at(AS_CONTEXT))
    terms = {key: value for key, value in terms_of_context(address).items() if key != "@vocab"}
    reader = _InlineMap(Active(terms=ground), terms, is_trusted=True)
    return {term: reader.define(term) for term in terms}


def as_list(value: Json) -> list[Any]:
    """A value, or the members of a list, without null: what `@context` and many properties allow."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def within(active: Active, local: Json) -> Active:
    """The active context inside a node that carries `@context`; RedefinesTerm, ForbiddenKeyword or Malformed."""
    text = orjson.dumps(local)
    found = active.memory.get(text)
    if found is None:
        found = active
        items = as_list(local)
        if len(items) > _MAX_CONTEXTS:
            raise TooLarge
        for item in items:
            found = _overlay(found, item)
            if len(found.terms) > _MAX_TERMS:
                raise TooLarge
        if found is not active:
            # Contexts in contexts, all different and all remembered, would fill the memory with one document.
            found.capacity = active.capacity // _FEWER_BELOW
        if active.capacity and len(text) <= _MEMORABLE:
            if len(active.memory) >= active.capacity:
                active.memory.clear()
            active.memory[text] = found
    return found


def _overlay(active: Active, item: Json) -> Active:
    if isinstance(item, str):
        address = known_address(item)
        if address is None:
            return active
        brought = _meanings_at(address)
        return Active(active.terms | brought, active.language, active.imported | set(brought), active.needs_processor)
    if item is None:
        raise RedefinesTerm("This document empties its context.")
    if not isinstance(item, dict):
        raise Malformed("A context is neither an address nor a map.")
    refuse_keywords(item)
    return _InlineMap(active, item).read()


def refuse_keywords(item: Json) -> None:
    """ForbiddenKeyword when a forbidden keyword hides as a value in a context."""
    if isinstance(item, str):
        if item in FORBIDDEN:
            raise ForbiddenKeyword
    elif isinstance(item, list | dict):
        for member in item.values() if isinstance(item, dict) else item:
            refuse_keywords(member)


class _InlineMap:
    """Reads one map of a context over the meanings that hold already."""

    def __init__(self, active: Active, local: dict[str, Any], *, is_trusted: bool = False) -> None:
        self.local = local
        self.active = active
        self.is_trusted = is_trusted
        self.needs_processor = active.needs_processor
        self.defined: dict[str, Meaning | None] = {}
        self.begun = 0
        self.terms = dict(active.terms)

    def read(self) -> Active:
        language = self.active.language
        for term, value in self.local.items():
            if term == "@language" and isinstance(value, str):
                language = value.lower()
            elif term.startswith("@"):
                self._keyword(term, value)
            else:
                self.define(term)
        imported = self.active.imported | {term for term in self.local if not term.startswith("@")}
        return Active(self.terms, language, imported, self.needs_processor)

    def _keyword(self, term: str, value: Json) -> None:
        if term == "@base":
            raise RedefinesTerm("This document gives its addresses another base.")
        if term == "@version" and value == 1.1:  # noqa: PLR2004
            return
        if term not in KEYWORDS:
            raise Malformed(f"{term} is no keyword.")
        self.needs_processor = True

    def define(self, term: str) -> Meaning:
        """The meaning of a term of this map; those that it rests on are read first."""
        if self.begun > _MAX_CHAIN:
            raise TooLarge
        if term in self.defined:
            meaning = self.defined[term]
            if meaning is None:
                raise Malformed(f"The term {term} is defined by itself.")
            return meaning
        self.defined[term] = None
        self.begun += 1
        meaning = self._meaning(term, self.local[term])
        self.begun -= 1
        if not self.is_trusted:
            self._compare(term, meaning)
        self.defined[term] = meaning
        self.terms[term] = meaning
        return meaning

    def _meaning(self, term: str, value: Json) -> Meaning:
        parts = {"@id": value} if isinstance(value, str) else value
        if not _is_plain(term, parts):
            return self._left_to_processor(term, parts)
        iri = self._resolve(parts["@id"], term)
        coercion = self._resolve(parts.get("@type", "@id"), term) if "@type" in parts else ""
        if not all(name in KEYWORDS or _ABSOLUTE.match(name) for name in (iri, coercion or iri)):
            raise Malformed(f"The term {term} leads nowhere.")
        container = parts.get("@container", "")
        is_prefix = isinstance(value, str) and (iri.startswith("_:") or iri[-1:] in _PREFIX_END)
        return Meaning(iri, coercion, "" if container == "@set" else container, is_prefix)

    def _left_to_processor(self, term: str, parts: Json) -> Meaning:
        """A definition that the direct reader does not follow; nothing of the core may hide in it."""
        if term in core_meanings() or not isinstance(parts, dict | None):
            raise RedefinesTerm(f"The term {term} may not be redefined.")
        self.needs_processor = True
        for name in _strings(parts):
            if name in core_meanings() or self._resolve(name, term) in core_iris():
                raise RedefinesTerm(f"The term {term} hides a core term.")
        iri = parts.get("@id") if parts else None
        return Meaning(self._resolve(iri, term) if isinstance(iri, str) else "_:" + term)

    def _resolve(self, name: str, term: str) -> str:
        """The IRI of a name in this map: a term or a prefix of this map counts before those that hold already."""
        if name in KEYWORDS:
            return name
        if _KEYWORD_LIKE.match(name):
            raise Malformed(f"{name} is no keyword.")
        if name in self.local and name != term:
            return self.define(name).iri
        prefix, colon, local = name.partition(":")
        if colon and prefix in self.local and prefix != term and not local.startswith("//"):
            self.define(prefix)
        return Active(self.terms).iri(name, is_word=True)

    def _compare(self, term: str, meaning: Meaning) -> None:
        """Core terms keep their meaning, and nothing else may take it; another redefinition is for the processor."""
        core = core_meanings().get(term)
        if core is not None:
            is_same = meaning.iri == core.iri and meaning.container in {"", core.container}
            if not is_same or meaning.coercion not in {core.coercion, ""}:
                raise RedefinesTerm(f"The term {term} may not be redefined.")
        elif meaning.iri.startswith("@") or meaning.iri in core_iris():
            raise RedefinesTerm(f"The term {term} is another name for {meaning.iri}.")
        before = self.active.terms.get(term)
        if term in self.active.imported and before != meaning:
            self.needs_processor = True


def _is_plain(term: str, parts: Json) -> bool:
    """Whether the direct reader follows this definition: an IRI, a coercion, a list or a map by language."""
    if not isinstance(parts, dict) or not parts.keys() <= _PLAIN_PARTS or not term or ":" in term or "/" in term:
        return False
    iri, coercion, container = parts.get("@id"), parts.get("@type", "@id"), parts.get("@container", "")
    is_known = isinstance(coercion, str) and (coercion in {"@id", "@vocab"} or not coercion.startswith("@"))
    is_simple = isinstance(container, str) and container in _PLAIN_CONTAINERS
    return isinstance(iri, str) and iri != term and is_known and is_simple


def _strings(value: Json) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for member in value for text in _strings(member)]
    if isinstance(value, dict):
        return [text for key, member in value.items() for text in (key, *_strings(member))]
    return []
