"""A thing in the fifteen elements of Dublin Core: what any library catalogue can take in.

Spec: DCMES §4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from node.domain.html import plain
from vocab.things.event import Event
from vocab.things.object import Object
from vocab.values import Ref, Text

#: A description that is longer ends with an ellipsis: whoever wants the text follows the address.
LONGEST_DESCRIPTION = 2_000
#: The classes of DCMI that what is here belongs to.
_TEXT, _EVENT = "Text", "Event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One element with its value; `language` is "" where there is none."""

    element: str
    value: str
    language: str = ""


def statements(thing: Object, names: Mapping[str, str], publisher: str) -> list[Statement]:
    """What Dublin Core says of a thing; `names` are what the IRIs in it are called. Nothing is said twice, and nothing empty."""
    found = [*_words(thing), *_people(thing, names, publisher), *_facts(thing, names)]
    return [each for each in dict.fromkeys(found) if each.value]


def _words(thing: Object) -> Iterator[Statement]:
    yield from _said("title", thing.name)
    yield from _said("description", thing.summary or thing.content)


def _people(thing: Object, names: Mapping[str, str], publisher: str) -> Iterator[Statement]:
    yield from _named("creator", thing.attributed_to, names)
    for text in thing.creator:
        yield from _said("creator", text)
    yield from _named("contributor", (*thing.integrator, *thing.credit), names)
    yield from _named("publisher", thing.audience, names)
    yield Statement(element="publisher", value=publisher)
    for text in thing.publisher_name:
        yield from _said("publisher", text)


def _facts(thing: Object, names: Mapping[str, str]) -> Iterator[Statement]:
    yield from _named("subject", thing.topic, names)
    yield from _named("type", [thing.genre] if thing.genre else [], names)
    yield Statement(element="type", value=_EVENT if isinstance(thing, Event) else _TEXT)
    moment = thing.start_time if isinstance(thing, Event) else thing.published
    yield Statement(element="date", value=moment.date().isoformat() if moment else "")
    for identifier in (thing.id, *thing.identifier):
        yield Statement(element="identifier", value=identifier)
    yield Statement(element="language", value=_language(thing))
    yield from _pointed("source", [thing.origin] if thing.origin else [])
    yield from _pointed("relation", (*thing.related, *thing.references, *thing.is_part_of))
    yield from _named("coverage", thing.territory, names)
    yield from _pointed("rights", [thing.license] if thing.license else [])


def _said(element: str, text: Text | None) -> Iterator[Statement]:
    """A text in each of its languages, without markup; words said once with their language are not said again without."""
    entries = text.entries if text else ()
    known = {words for language, words in entries if language}
    for language, words in entries:
        if language or words not in known:
            yield Statement(element=element, value=_short(plain(words).replace("\n", " ")), language=language)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_DESCRIPTION else f"{words[: LONGEST_DESCRIPTION - 1]}…"


def _named(element: str, refs: Iterable[Ref], names: Mapping[str, str]) -> Iterator[Statement]:
    """What has a name is told by it, what has none by its address."""
    for ref in refs:
        inner = ref.thing.name if isinstance(ref.thing, Object) and ref.thing.name else None
        yield Statement(element=element, value=names.get(ref.iri, "") or (inner.primary if inner else "") or ref.iri)


def _pointed(element: str, refs: Iterable[Ref]) -> Iterator[Statement]:
    for ref in refs:
        yield Statement(element=element, value=ref.iri)


def _language(thing: Object) -> str:
    texts = (thing.content, thing.name, thing.summary)
    return thing.in_language or next((text.language for text in texts if text and text.language), "")
