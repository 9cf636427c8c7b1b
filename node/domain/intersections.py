"""Where two communities touch, how strongly, and on what that rests: method https://w3id.org/cdp/methodes/intersection/1."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from node.domain import bases
from node.domain.bases import Basis, BasisKind
from node.domain.facts import Facts

#: The method that these functions carry out. Whoever changes a number or a rule of it must give it the next number.
METHOD = "https://w3id.org/cdp/methodes/intersection/1"
#: How much of the whole each basis can make up.
WEIGHTS: Mapping[BasisKind, float] = {
    BasisKind.TOPICS: 0.4,
    BasisKind.RESOURCES: 0.4,
    BasisKind.PEOPLE: 0.3,
    BasisKind.TERRITORY: 0.15,
}
#: Below this strength nobody would call it a touch.
FLOOR = 0.01
#: From this strength on, and with two pieces of evidence, it is worth telling both sides.
_VISIBLE_FROM = 0.05
_VISIBLE_PIECES = 2


class Phase(enum.StrEnum):
    """How far an intersection has come; the values are the last part of the concept's IRI."""

    DETECTED = "emergente"
    VISIBLE = "visible"
    RECOGNISED = "formalisee"
    ANIMATED = "animee"
    EVALUATED = "evaluee"
    DISMISSED = "ecartee"

    @property
    def iri(self) -> str:
        """The concept."""
        return f"https://w3id.org/cdp/intersection-phases/{self.value}"

    @classmethod
    def read(cls, iri: str) -> Phase | None:
        """The phase that a concept is, None for another concept."""
        return next((phase for phase in cls if phase.iri == iri), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Two communities that touch: their IRIs (`left` sorts before `right`), the strength from 0 to 1, what it rests on."""

    left: str
    right: str
    strength: float
    bases: tuple[Basis, ...]

    @property
    def pieces(self) -> int:
        """How many separate pieces of evidence there are; people in common are one, a territory is one."""
        return sum(len(basis.shares) or 1 for basis in self.bases)

    @property
    def phase(self) -> Phase:
        """What computation alone can say: detected, or clear enough to be shown to both. One thing in common may be chance."""
        is_clear = self.strength >= _VISIBLE_FROM and self.pieces >= _VISIBLE_PIECES
        return Phase.VISIBLE if is_clear else Phase.DETECTED


def combined(strengths: Mapping[BasisKind, float]) -> float:
    """One number from those of the bases: 1 − Π(1 − weight × strength), so that each adds and none is needed."""
    return 1.0 - math.prod(1.0 - WEIGHTS[kind] * strength for kind, strength in sorted(strengths.items()))


def touch(
    facts: Facts, one: str, other: str, *, without: AbstractSet[str] = frozenset(), with_people: bool = True
) -> Touch | None:
    """Where two known communities touch, the same for (a, b) and (b, a); None when they do not.

    A territory alone is no touch. `without` (concepts and things of the left) and `with_people` ask what would be if that were
    not there.
    """
    left, right = sorted((one, other))
    found = [
        bases.topics(facts, left, right, without),
        bases.resources(facts, left, right, without),
        bases.people(facts, left, right) if with_people else None,
    ]
    if not any(found):
        return None
    kept = tuple(basis for basis in (*found, bases.territory(facts, left, right)) if basis)
    strength = combined({basis.kind: basis.strength for basis in kept})
    return Touch(left=left, right=right, strength=strength, bases=kept) if strength >= FLOOR else None


def touches(facts: Facts, concerning: Iterable[str] | None = None) -> list[Touch]:
    """Every touch between two communities of which at least one is among `concerning` (else all), the strongest first."""
    return sorted(touching(facts, concerning), key=lambda it: (-it.strength, it.left, it.right))


def touching(facts: Facts, concerning: Iterable[str] | None = None) -> Iterator[Touch]:
    """The same one by one, pair after pair: of many communities all at once would fill the memory with evidence."""
    ours = set(facts.communities if concerning is None else concerning) & facts.communities.keys()
    pairs = {(min(one, other), max(one, other)) for one in ours for other in _candidates(facts, one)}
    return filter(None, (touch(facts, left, right) for left, right in sorted(pairs)))


def _candidates(facts: Facts, community: str) -> set[str]:
    """The communities with which there is anything in common but a territory."""
    found: set[str] = set()
    for name in facts.subjects[community]:
        for near in (name, *facts.closure.near(name)):
            found |= facts.carriers.get(near, frozenset())
    for thing in facts.communities[community].holdings:
        found |= facts.holders[thing]
    for pair in facts.people:
        found |= set(pair) & facts.communities.keys() if community in pair else set()
    return found - {community}
