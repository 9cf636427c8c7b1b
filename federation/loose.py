"""JSON of ActivityPub as programs look at it that know no JSON-LD: by key, one value or several, an id or the thing itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from vocab.namespaces import AS_CONTEXT, PUBLIC_FORMS

ACTORS = ("Person", "Group", "Organization", "Service", "Application")
COLLECTIONS = ("Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage")


class Refusal(Exception):
    """A server would not take this; the message says why, in a sentence."""


def must(is_so: bool, reason: str) -> None:
    """Raises Refusal with a reason when something is not so."""
    if not is_so:
        raise Refusal(reason)


@dataclass(frozen=True, slots=True)
class Loose:
    """A JSON object whose values may be missing, alone or in lists."""

    said: Mapping[str, object]

    @property
    def id(self) -> str:
        """Its address, "" when it has none."""
        return self.word("id")

    @property
    def types(self) -> tuple[str, ...]:
        """Its types, in the order of the document."""
        return tuple(each for each in self.members("type") if isinstance(each, str))

    @property
    def type(self) -> str:
        """Its first type, "" when it has none."""
        return self.types[0] if self.types else ""

    def has(self, key: str) -> bool:
        """Whether a key is there with a value other than null."""
        return self.said.get(key) is not None

    def is_list(self, key: str) -> bool:
        """Whether the value is a list."""
        return isinstance(self.said.get(key), list)

    def word(self, key: str) -> str:
        """The value when it is a text, else ""."""
        value = self.said.get(key)
        return value if isinstance(value, str) else ""

    def truth(self, key: str) -> bool:
        """Whether the value is true."""
        return self.said.get(key) is True

    def members(self, key: str) -> list[object]:
        """The values, in a list even when there is one or none."""
        value = self.said.get(key)
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    def iris(self, key: str) -> list[str]:
        """The values as addresses: texts, and the ids of what is embedded."""
        return [iri for iri in map(iri_of, self.members(key)) if iri]

    def iri(self, key: str) -> str:
        """The first of them, "" when there is none."""
        return next(iter(self.iris(key)), "")

    def parts(self, key: str) -> list[Loose]:
        """The values that are objects."""
        return [Loose(each) for each in self.members(key) if isinstance(each, dict)]

    def part(self, key: str) -> Loose | None:
        """The first of them, None when there is none."""
        return next(iter(self.parts(key)), None)

    def embedded(self, key: str, reason: str) -> Loose:
        """The same; raises Refusal with a reason when there is none."""
        found = self.part(key)
        if found is None:
            raise Refusal(reason)
        return found

    def languages(self, *keys: str) -> tuple[str, ...]:
        """The languages of the first of these texts that says any, in the order of the document."""
        for key in keys:
            by_language = self.said.get(f"{key}Map")
            if isinstance(by_language, dict) and by_language:
                return tuple(by_language)
        return ()

    def text(self, key: str) -> str:
        """A text, or the first of its languages."""
        if self.word(key):
            return self.word(key)
        by_language = self.said.get(f"{key}Map")
        first = next(iter(by_language.values()), "") if isinstance(by_language, dict) else ""
        return first if isinstance(first, str) else ""

    @property
    def addressees(self) -> list[str]:
        """Everybody in to and cc."""
        return [*self.iris("to"), *self.iris("cc")]

    def is_public(self, key: str) -> bool:
        """Whether everybody is named under a key, in any of the three spellings."""
        return any(each in PUBLIC_FORMS for each in self.iris(key))

    def tagged(self, kind: str) -> list[Loose]:
        """The tags of a type that have a name."""
        return [tag for tag in self.parts("tag") if kind in tag.types and tag.word("name")]


def iri_of(value: object) -> str:
    """The address that a value is or carries, "" for none."""
    if isinstance(value, dict):
        value = value.get("id") or value.get("href")
    return value if isinstance(value, str) else ""


def read(document: bytes) -> Loose:
    """A document; raises Refusal when it is no JSON object."""
    try:
        said = json.loads(document)
    except (ValueError, RecursionError) as fault:
        raise Refusal("This is not JSON.") from fault
    must(isinstance(said, dict), "This is no JSON object.")
    return Loose(said)


def names_context(said: Loose) -> bool:
    """Whether the context names ActivityStreams by its literal address, as it is or in a list."""
    return AS_CONTEXT in said.members("@context")


def media_type(content_type: str) -> str:
    """The type without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def is_activity_type(content_type: str) -> bool:
    """The plain type with any parameters, or JSON-LD whose profile contains ActivityStreams."""
    found = media_type(content_type)
    return found == "application/activity+json" or (found == "application/ld+json" and AS_CONTEXT in content_type)


def host(iri: str) -> str:
    """The host of an address in lower case, "" when it has none."""
    try:
        return (urlsplit(iri).hostname or "").lower()
    except ValueError:
        return ""


def is_web(iri: str) -> bool:
    """Whether an address is one of the web, with a host."""
    return iri.startswith(("https://", "http://")) and bool(host(iri))


def is_moment(value: object) -> bool:
    """Whether a value is a moment of RFC 3339, with its zone."""
    if not isinstance(value, str):
        return False
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def first_of(values: Iterable[str]) -> str:
    """The first that says something, else ""."""
    return next((value for value in values if value), "")
