"""How an example looks in software that knows nothing of our words, as each oracle of `federation/oracles` says."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from federation import oracles
from federation.appearance import Appearance, Oracle, Seen, Visibility
from federation.markup import words
from node.collect import collect
from node.web.translations import phrase
from vocab.example_files import Example, examples

#: As much of a text is shown.
SHOWN = 280

#: What a document may become somewhere else, in words.
BECOMES = {
    "status": phrase("un message"),
    "post": phrase("une publication"),
    "group post": phrase("une publication de groupe"),
    "post in the reader": phrase("une publication dans le lecteur"),
    "topic": phrase("un sujet de discussion"),
    "private message": phrase("un message privé"),
    "comment": phrase("un commentaire"),
    "reply": phrase("une réponse"),
    "event": phrase("un événement"),
    "profile": phrase("un profil"),
    "boost": phrase("un partage"),
    "share": phrase("un partage"),
    "edit": phrase("une correction"),
    "deletion": phrase("un retrait"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What one make of server does with an example. `becomes` is "" where its readers see nothing of it.

    `reasons` say why it is refused, in English. `shown` are the names of properties whose values its readers see.
    """

    server: str
    becomes: str
    title: str
    text: str
    reasons: str
    shown: frozenset[str]


@functools.cache
def glimpses(name: str) -> tuple[Glimpse, ...]:
    """The example of that name, through every oracle."""
    example = examples()[name]
    seen = Seen(document=example.document)
    return tuple(_glimpse(oracle, oracle.look(seen), example) for oracle in _oracles().values())


@functools.cache
def _oracles() -> Mapping[str, Oracle]:
    return collect(oracles, "ORACLE", Oracle)


def _glimpse(oracle: Oracle, found: Appearance, example: Example) -> Glimpse:
    text = " ".join(words(found.text).split())
    is_seen = found.is_accepted and (found.visibility is not Visibility.NOT_SHOWN or found.becomes in BECOMES)
    return Glimpse(
        server=oracle.title,
        becomes=BECOMES.get(found.becomes, found.becomes) if is_seen else "",
        title=found.title or found.warning,
        text=text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…",
        reasons=" ".join(found.reasons),
        shown=frozenset(_shown(found, text, example.said)) if is_seen else frozenset(),
    )


def _shown(found: Appearance, text: str, said: Mapping[str, Any]) -> Iterator[str]:
    """The names of the properties of which a value can be read in what is shown."""
    plain = (found.title, found.warning, text, found.text, found.link, found.author, found.published, found.edited)
    files = (*(card.url for card in found.cards), *(picture.url for picture in found.pictures))
    everything = " ".join((*plain, *found.hashtags, *found.mentions, *files))
    for key, value in said.items():
        if any(part and part in everything for part in _readable(value)):
            yield key.removesuffix("Map")


def _readable(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(words(value).split()) if value.startswith("<") else value
    for part in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _readable(part)
