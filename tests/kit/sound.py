"""One well-formed thing of each class, with all that its class asks for and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from vocab import concepts
from vocab.check import FEWEST, SHOWN_BY
from vocab.namespaces import SKOS
from vocab.terms import Shape, Slot, slots_of
from vocab.thing import Thing
from vocab.types import all_types, key_of, required_of
from vocab.values import Ref, Text

NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)
CLASSES = {key_of(cls): cls for cls in all_types() if not cls.ABOUT.is_abstract}
_BY_SHAPE: dict[Shape, Any] = {
    Shape.REF: Ref("https://a.example/choses/2"),
    Shape.TEXT: Text.of("<p>Bonjour</p>", "fr"),
    Shape.MOMENT: NOW,
    Shape.TRUTH: True,
    Shape.COUNT: 12,
    Shape.NUMBER: 0.5,
    Shape.WORD: "mot",
}
_SPECIAL: dict[str, Any] = {
    "https://www.w3.org/ns/activitystreams#relationship": Ref(f"{SKOS}closeMatch"),
    "https://www.w3.org/ns/activitystreams#endTime": NOW + timedelta(hours=1),
}


def _concept(slot: Slot) -> Ref:
    """The last concept of the scheme that the values come from: of the reasons for an intersection, the first counts people."""
    return Ref(concepts.scheme(slot.term.schemes[0])[-1].iri)


def needed(cls: type[Thing]) -> list[Slot]:
    """The slots that a thing of this class must fill, those for plain software too."""
    names = {slot.name for slot in required_of(cls)} | set(SHOWN_BY.get(cls.TYPE, ()))
    return [slot for slot in slots_of(cls) if slot.name in names]


def sound(key: str) -> Thing:
    """The thing of this class."""
    cls = CLASSES[key]
    fields: dict[str, Any] = {"id": "https://a.example/choses/0"}  # none that kit/things.py draws: it would hold itself
    for slot in needed(cls):
        value = _concept(slot) if slot.term.schemes else _SPECIAL.get(slot.term.iri, _BY_SHAPE[slot.shape])
        others = [Ref(f"https://a.example/choses/{3 + number}") for number in range(FEWEST.get(slot.term.iri, 1) - 1)]
        fields[slot.name] = (value, *others) if slot.is_many else value
    return cls(**fields)
