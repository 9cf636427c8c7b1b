"""The registry: every type there is, found by walking `things/` and `activities/`; nobody lists them by hand."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TypeVar, cast

import vocab.activities
import vocab.things
from vocab.terms import Slot, own_slots, slots_of
from vocab.thing import Thing


@dataclass(frozen=True, slots=True)
class Registry:
    """Every type by its name in JSON and by its IRI; a class and its name are told apart from those of other vocabularies."""

    types: tuple[type[Thing], ...]
    by_key: dict[str, type[Thing]]
    by_iri: dict[str, type[Thing]]


_FORGET: list[Callable[[], None]] = []
Derive = TypeVar("Derive", bound=Callable[..., object])


def remembered(derive: Derive) -> Derive:
    """A function whose answers, derived from the registry, are remembered until `refresh`."""
    cached = cache(derive)
    _FORGET.append(cached.cache_clear)
    return cast("Derive", cached)


def key_of(cls: type[Thing]) -> str:
    """The short name of a class in JSON: "Article", "PracticeNote"."""
    return cls.ABOUT.key or cls.__name__


@remembered
def registry() -> Registry:
    """All types, sorted by name. Built once; `refresh` builds it anew."""
    found = [cls for package in (vocab.things, vocab.activities) for cls in _classes(package)]
    types = tuple(sorted(found, key=key_of))
    return Registry(types=types, by_key={key_of(cls): cls for cls in types}, by_iri={cls.ABOUT.iri: cls for cls in types})


def _classes(package: ModuleType) -> list[type[Thing]]:
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Thing)
        and value.__module__ == module.__name__
        and "ABOUT" in value.__dict__
    ]


def refresh() -> None:
    """Forget the registry and all that was derived from it, so that a type added since is found."""
    for forget in _FORGET:
        forget()


def all_types() -> tuple[type[Thing], ...]:
    """Every class of things and activities, sorted by its name in JSON."""
    return registry().types


def all_slots() -> tuple[Slot, ...]:
    """Every slot of every type, each once per key and IRI, sorted by key."""
    classes: tuple[type[Thing], ...] = (Thing, *all_types())
    layers: dict[type, None] = {layer: None for cls in classes for layer in reversed(cls.__mro__)}
    slots = {(slot.key, slot.term.iri): slot for layer in layers for slot in own_slots(layer)}
    return tuple(slots[pair] for pair in sorted(slots))


def class_for(type: str, kinds: Sequence[str] = ()) -> type[Thing]:  # noqa: A002  (the word of the standard)
    """The class of one of `kinds` that may travel as `type`, the most special first; else that of `type`; else Thing."""
    named = registry().by_key
    fitting = [cls for kind in kinds if (cls := named.get(kind)) is not None and travels_as(cls, type)]
    if fitting:
        return max(fitting, key=lambda cls: len(cls.__mro__))
    return named.get(type, Thing)


def travels_as(cls: type[Thing], type: str) -> bool:  # noqa: A002  (the word of the standard)
    """Whether things of this class may carry this ActivityStreams type."""
    return not type or type == cls.TYPE or type in cls.ABOUT.types


def required_of(cls: type[Thing]) -> tuple[Slot, ...]:
    """The slots that a thing of this class must fill: its own and those of the classes above."""
    names = {name for layer in cls.__mro__ if "ABOUT" in layer.__dict__ for name in layer.__dict__["ABOUT"].required}
    return tuple(slot for slot in slots_of(cls) if slot.name in names)
