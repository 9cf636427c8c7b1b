"""What an intersection can rest on: topics, resources, people, territory; each a number from 0 to 1 with its reasons."""

from __future__ import annotations

import enum
import functools
import math
from collections.abc import Container, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from node.domain.facts import Facts
from node.domain.mappings import Tie
from node.domain.matching import best_pairs
from node.domain.territory import nearest

#: The smallest number of people in common that is ever counted, and the step in which more are published: one person who
#: joins or leaves does not show.
PEOPLE_STEP = 5
#: People in common at which half of the full strength is reached, less the step.
_PEOPLE_HALF = 20
#: What is worth less, by a mapping of next to no confidence, is nothing in common.
_LEAST = 1e-9


class BasisKind(enum.StrEnum):
    """On what an intersection rests; the values are the last part of the concept's IRI."""

    TOPICS = "sujets"
    RESOURCES = "ressources"
    PEOPLE = "personnes"
    TERRITORY = "territoire"

    @property
    def iri(self) -> str:
        """The concept."""
        return f"https://w3id.org/cdp/fondements/{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How much one thing counts on one side.

    `key` is what it is compared by (a cluster's name, a resource), `item` what that side calls it; `count` is how many resources
    there carry it (`things`), `others` how many communities besides these two have it; `rarity` and `value` follow from that.
    """

    key: str
    item: str
    things: tuple[str, ...]
    count: int
    others: int
    rarity: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One thing that both sides have: how alike it is, by whose word (mapping IRIs), and what it adds to its basis."""

    left: Weight
    right: Weight
    likeness: float
    contribution: float
    derived_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One reason why two communities touch.

    `count` is how many things are shared (for people: the published step); `left_size` and `right_size` are the lengths by which
    the shares are divided (for a territory: depth in common, depth of the deeper; for people 0).
    """

    kind: BasisKind
    strength: float
    count: int
    shared: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    left_size: float = 0.0
    right_size: float = 0.0


@functools.cache
def rarity(communities: int, others: int) -> float:
    """How rare a thing is by which two of N communities are compared, when `others` of the rest have it: ln(N / (1 + others)).

    The two themselves are left out of the count on purpose. With the usual ln(N / df) the very fact that both have a thing would
    make it count less, and among two communities it would count nothing. Here two communities alone weigh all their things
    alike (nobody is there to say what is rare), every further community makes it clearer, and the number never reaches 0.
    On planted worlds it also finds more than ln(N / df), and far more than ln(1 + N / df).
    """
    return math.log(communities / (1 + others))


def topics(facts: Facts, left: str, right: str, without: AbstractSet[str] = frozenset()) -> Basis | None:
    """The topics that both treat: cosine of (1 + ln(count)) × rarity, through the accepted mappings.

    Each topic counts once, paired with its best counterpart. `without` are concepts that the left would not treat.
    """
    ours = _Treated(facts, left, right, without)
    theirs = _Treated(facts, right, left, frozenset())
    ties: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = {}
    for name in ours.values:
        if name in theirs.values:
            words = facts.subjects[left][name].words + facts.subjects[right][name].words
            ties[name, name] = (1.0, facts.closure.justification(words))
        for other, tie in facts.closure.near(name).items():
            if other in theirs.values:
                sides = ((left, name), (right, other))
                ties[name, other] = (tie.likeness, _by_whose_word(facts, sides, tie))
    return _alike(BasisKind.TOPICS, ours, theirs, ties)


def resources(facts: Facts, left: str, right: str, without: AbstractSet[str] = frozenset()) -> Basis | None:
    """The things that both hold: their share of what each holds, weighed by rarity; the geometric mean of the two shares.

    That is the cosine of vectors whose entries are the square root of the rarity. `without` are things that the left would not
    hold.
    """
    ours = _Held(facts, left, right, without)
    theirs = _Held(facts, right, left, frozenset())
    both = ours.values.keys() & theirs.values.keys()
    return _alike(BasisKind.RESOURCES, ours, theirs, {(thing, thing): (1.0, ()) for thing in both})


def people(facts: Facts, left: str, right: str) -> Basis | None:
    """The people who belong to both and agreed on both sides to be counted: never under five, in steps of five, never who."""
    count = published_count(facts.people.get((min(left, right), max(left, right)), 0))
    return Basis(kind=BasisKind.PEOPLE, strength=count / (count + _PEOPLE_HALF), count=count) if count else None


def published_count(people: int) -> int:
    """What may be said of a number of people: nothing (0) under five, else the last step of five that was reached."""
    return people // PEOPLE_STEP * PEOPLE_STEP


def territory(facts: Facts, left: str, right: str) -> Basis | None:
    """The smallest territory that holds both: 1 when it is the same, less when it is wide."""
    near = nearest(facts.communities[left].territories, facts.communities[right].territories)
    if near is None:
        return None
    return Basis(
        kind=BasisKind.TERRITORY,
        strength=near.strength,
        count=1,
        shared=(near.place,),
        left_size=near.depth,
        right_size=near.deepest,
    )


class _Side(Protocol):
    """One community as compared with another: what each of its things is worth, how long that vector is, and why."""

    values: dict[str, float]
    length: float

    def weight(self, key: str) -> Weight: ...


class _Treated:
    """The topics of one side."""

    def __init__(self, facts: Facts, community: str, other: str, without: AbstractSet[str]) -> None:
        self._subjects = facts.subjects[community]
        self._rare = _rarities(facts, self._subjects, facts.carriers, facts.subjects[other])
        self.values = {
            name: (1 + math.log(len(subject.things))) * self._rare[name][1]
            for name, subject in self._subjects.items()
            if without.isdisjoint(subject.words)
        }
        self.length = _length(self.values)

    def weight(self, key: str) -> Weight:
        """How much a topic counts, with its reasons."""
        subject, (others, rare) = self._subjects[key], self._rare[key]
        return Weight(
            key=key,
            item=subject.word,
            things=subject.things,
            count=len(subject.things),
            others=others,
            rarity=rare,
            value=self.values[key],
        )


class _Held:
    """The resources of one side."""

    def __init__(self, facts: Facts, community: str, other: str, without: AbstractSet[str]) -> None:
        holdings = facts.communities[community].holdings - without
        self._rare = _rarities(facts, holdings, facts.holders, facts.communities[other].holdings)
        self.values = {thing: math.sqrt(rare) for thing, (_, rare) in self._rare.items()}
        self.length = _length(self.values)

    def weight(self, key: str) -> Weight:
        """How much a resource counts, with its reasons."""
        others, rare = self._rare[key]
        return Weight(key=key, item=key, things=(key,), count=1, others=others, rarity=rare, value=self.values[key])


def _rarities(
    facts: Facts, items: Iterable[str], spread: Mapping[str, AbstractSet[str]], theirs: Container[str]
) -> dict[str, tuple[int, float]]:
    """For each item, how many communities besides the two have it, and its rarity."""
    found: dict[str, tuple[int, float]] = {}
    for item in items:
        others = len(spread[item]) - 1 - (item in theirs)
        found[item] = (others, rarity(len(facts.communities), others))
    return found


def _by_whose_word(facts: Facts, sides: tuple[tuple[str, str], tuple[str, str]], tie: Tie) -> tuple[str, ...]:
    """The mapping that joins two clusters, and those by which its ends are the words that the two sides use."""
    found = {tie.mapping.iri}
    for community, name in sides:
        end = next(end for end in (tie.mapping.subject, tie.mapping.object) if facts.closure.name(end) == name)
        found.update(facts.closure.justification((end, *facts.subjects[community][name].words)))
    return tuple(sorted(found))


def _alike(
    kind: BasisKind, ours: _Side, theirs: _Side, ties: Mapping[tuple[str, str], tuple[float, tuple[str, ...]]]
) -> Basis | None:
    size = ours.length * theirs.length
    worth = {pair: ours.values[pair[0]] * like * theirs.values[pair[1]] / size for pair, (like, _) in ties.items()}
    worth = {pair: value for pair, value in worth.items() if value >= _LEAST}
    if not worth:
        return None
    shares = [
        Share(
            left=ours.weight(pair[0]),
            right=theirs.weight(pair[1]),
            likeness=ties[pair][0],
            contribution=worth[pair],
            derived_from=ties[pair][1],
        )
        for pair in best_pairs(worth)
    ]
    shares.sort(key=lambda share: (-share.contribution, share.left.key, share.right.key))
    return Basis(
        kind=kind,
        # Rounding alone could carry the sum past 1.
        strength=min(1.0, math.fsum(share.contribution for share in shares)),
        count=len(shares),
        shared=tuple(dict.fromkeys(item for share in shares for item in (share.left.item, share.right.item))),
        derived_from=tuple(sorted({mapping for share in shares for mapping in share.derived_from})),
        shares=tuple(shares),
        left_size=ours.length,
        right_size=theirs.length,
    )


def _length(values: Mapping[str, float]) -> float:
    # The order of a set of texts differs from one run to the next; fsum does not mind.
    return math.sqrt(math.fsum(value * value for value in values.values()))
