"""Thing: the root of all types. It has an id, a type, our kinds, and keeps the properties that it does not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

from vocab.namespaces import RDFS
from vocab.terms import TypeTerm
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Anything that can be said.

    `type` is one ActivityStreams type ("Article"), or the name or IRI of what we do not know; `kind` are our classes. Left empty,
    both are those of the Python class. `unknown` are pairs of a property's IRI and its values as expanded JSON-LD text.
    """

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        RDFS + "Resource",
        {"fr": "chose", "en": "thing"},
        {"fr": "Tout ce qui peut être dit.", "en": "Anything that can be said."},
        status="reused",
        is_abstract=True,
    )
    #: The ActivityStreams type that things of this class travel as.
    TYPE: ClassVar[str] = ""
    #: Our classes that things of this class name in `kind`.
    KIND: ClassVar[tuple[str, ...]] = ()

    id: str = ""
    type: str = ""
    kind: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()

    def __init_subclass__(cls) -> None:
        about = cls.__dict__.get("ABOUT")
        if about is None:
            return
        key = about.key or cls.__name__
        cls.TYPE = about.type
        cls.KIND = () if about.is_abstract or key == about.type else (key, *about.kinds)

    def __post_init__(self) -> None:
        if not self.type and self.TYPE:
            object.__setattr__(self, "type", self.TYPE)
        if not self.kind and self.KIND:
            object.__setattr__(self, "kind", self.KIND)

    @property
    def ref(self) -> Ref:
        """A pointer that carries this thing with it."""
        return Ref(iri=self.id, thing=self)


T = TypeVar("T", bound=Thing)


def made(cls: type[T], said: Mapping[str, Any]) -> T:
    """`cls(**said)` in half the time: a thing has sixty fields, and a document says ten of them."""
    thing = object.__new__(cls)
    setters = _SETTERS.get(cls) or _setters(cls)
    for put, empty in setters.values():
        put(thing, empty)
    for name, value in said.items():
        setters[name][0](thing, value)
    thing.__post_init__()
    return thing


#: How each field of a class is filled, and what it holds when nothing is said.
_SETTERS: dict[type[Thing], dict[str, tuple[Callable[[Thing, object], None], object]]] = {}


def _setters(cls: type[Thing]) -> dict[str, tuple[Callable[[Thing, object], None], object]]:
    found = {field.name: (getattr(cls, field.name).__set__, field.default) for field in fields(cls)}
    return _SETTERS.setdefault(cls, found)
