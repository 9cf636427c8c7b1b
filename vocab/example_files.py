"""The example files of examples/: documents as they travel, their context in them, and which words each one shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from vocab.namespaces import CONCEPTS

FOLDER = Path(__file__).parent / "examples"
#: Keys whose values are names of classes.
_NAMING = ("type", "kind")


@dataclass(frozen=True)
class Example:
    """One file: its `name` without the ending, its bytes, and what is said in it."""

    name: str
    document: bytes

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """The document without its context: what a reader of plain JSON looks at."""
        whole: dict[str, Any] = json.loads(self.document)
        return {key: value for key, value in whole.items() if key != "@context"}

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes of the thing itself, our own first."""
        kinds = self.said.get("kind", [])
        return (*kinds, *([self.said["type"]] if "type" in self.said else []))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every key and every class named in it, at any depth; a map by language counts as its property."""
        return frozenset(_words(self.said))

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The addresses of concepts that it names."""
        return frozenset(text for text in _texts(self.said) if text.startswith(CONCEPTS))

    def part(self, key: str) -> Mapping[str, Any] | None:
        """The least of it that shows a word: the object that carries it, with its type and the values of that word."""
        return next(_carrying(self.said, key), None)


@cache
def examples() -> Mapping[str, Example]:
    """Every example by its name, in order."""
    return {path.stem: Example(path.stem, path.read_bytes()) for path in sorted(FOLDER.glob("*.json"))}


def of_word(key: str) -> list[Example]:
    """The examples that show a word; those that are such a thing themselves first."""
    found = [example for example in examples().values() if key in example.words]
    return sorted(found, key=lambda example: key not in example.classes)


def of_concept(iri: str) -> list[Example]:
    """The examples that name a concept."""
    return [example for example in examples().values() if iri in example.concepts]


def _words(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield key.removesuffix("Map")
            if key in _NAMING:
                yield from _texts(item)
            elif not key.endswith("Map"):
                yield from _words(item)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _texts(item)


def _carrying(value: object, key: str) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _carrying(item, key)
    elif isinstance(value, Mapping):
        shown = {name: item for name, item in value.items() if name in {key, f"{key}Map"}}
        if shown:
            yield {name: item for name, item in value.items() if name in {"id", *_NAMING}} | shown
        for item in value.values():
            yield from _carrying(item, key)


@cache
def words_leading_to(scheme: str) -> tuple[str, ...]:
    """The properties that lead to a concept of this scheme in some example, sorted."""
    return tuple(sorted({key for example in examples().values() for key in _keys_of(example.said, scheme)}))


def _keys_of(value: object, scheme: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            texts = item if isinstance(item, list) else [item]
            if any(isinstance(text, str) and text.startswith(scheme) for text in texts):
                yield key
            yield from _keys_of(item, scheme)
    elif isinstance(value, list):
        for item in value:
            yield from _keys_of(item, scheme)
