"""Why two communities touch: every step from the evidence to the number, and what would make the touch vanish."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from node.domain.bases import Basis, BasisKind, Share, Weight
from node.domain.facts import Facts
from node.domain.intersections import WEIGHTS, Touch, touch

#: How many pieces of evidence are tried two by two; beyond that the strongest are taken away in turn.
_TRIED_IN_PAIRS = 12


class Stage(enum.StrEnum):
    """What a step computes."""

    RARITY = "rarity"
    WEIGHT = "weight"
    CONTRIBUTION = "contribution"
    BASIS = "basis"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One computation that anyone can repeat: put the figures into the formula, get the result.

    `about` are the IRIs concerned, `because` the mappings it relies on. Formulas use + - * / **, ln and sqrt.
    """

    stage: Stage
    basis: BasisKind | None
    about: tuple[str, ...]
    formula: str
    figures: tuple[tuple[str, float], ...]
    result: float
    because: tuple[str, ...] = ()


class Evidence(enum.StrEnum):
    """What can be taken away."""

    MAPPING = "mapping"
    TOPIC = "topic"
    RESOURCE = "resource"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """One piece of evidence that could go: a mapping withdrawn, a topic or resource that the left no longer has, the people.

    `iris` are those of the piece, the one to show first; none for people.
    """

    evidence: Evidence
    iris: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A touch, the steps to its number, and sets of removals after each of which it would be gone; none could be spared."""

    touch: Touch
    steps: tuple[Step, ...]
    undone_by: tuple[tuple[Removal, ...], ...]


def explain(facts: Facts, one: str, other: str) -> Explanation | None:
    """Why two communities touch, None when they do not."""
    found = touch(facts, one, other)
    if found is None:
        return None
    steps = itertools.chain.from_iterable(_steps(facts, basis) for basis in found.bases)
    return Explanation(touch=found, steps=(*steps, _whole(found)), undone_by=_undone_by(facts, found))


def _steps(facts: Facts, basis: Basis) -> Iterator[Step]:
    match basis.kind:
        case BasisKind.PEOPLE:
            yield Step(
                stage=Stage.BASIS,
                basis=basis.kind,
                about=(),
                formula="people / (people + 20)",
                figures=(("people", basis.count),),
                result=basis.strength,
            )
        case BasisKind.TERRITORY:
            yield Step(
                stage=Stage.BASIS,
                basis=basis.kind,
                about=basis.shared,
                formula="common / deepest",
                figures=(("common", basis.left_size), ("deepest", basis.right_size)),
                result=basis.strength,
            )
        case _:
            for share in basis.shares:
                yield from _share_steps(len(facts.communities), basis, share)
            names = [f"c{number}" for number in range(1, len(basis.shares) + 1)]
            yield Step(
                stage=Stage.BASIS,
                basis=basis.kind,
                about=basis.shared,
                formula=" + ".join(names),
                figures=tuple(zip(names, (share.contribution for share in basis.shares), strict=True)),
                result=basis.strength,
                because=basis.derived_from,
            )


def _share_steps(communities: int, basis: Basis, share: Share) -> Iterator[Step]:
    for weight in dict.fromkeys((share.left, share.right)):
        yield from _weight_steps(communities, basis.kind, weight)
    yield Step(
        stage=Stage.CONTRIBUTION,
        basis=basis.kind,
        about=tuple(dict.fromkeys((share.left.item, share.right.item))),
        formula="left * likeness * right / (left_size * right_size)",
        figures=(
            ("left", share.left.value),
            ("likeness", share.likeness),
            ("right", share.right.value),
            ("left_size", basis.left_size),
            ("right_size", basis.right_size),
        ),
        result=share.contribution,
        because=share.derived_from,
    )


def _weight_steps(communities: int, kind: BasisKind, weight: Weight) -> Iterator[Step]:
    yield Step(
        stage=Stage.RARITY,
        basis=kind,
        about=(weight.item,),
        formula="ln(communities / (1 + others))",
        figures=(("communities", communities), ("others", weight.others)),
        result=weight.rarity,
    )
    is_topic = kind is BasisKind.TOPICS
    yield Step(
        stage=Stage.WEIGHT,
        basis=kind,
        about=(weight.item,),
        formula="(1 + ln(count)) * rarity" if is_topic else "sqrt(rarity)",
        figures=(("count", weight.count), ("rarity", weight.rarity)) if is_topic else (("rarity", weight.rarity),),
        result=weight.value,
    )


def _whole(found: Touch) -> Step:
    factors = " * ".join(f"(1 - {WEIGHTS[basis.kind]:g} * {basis.kind})" for basis in found.bases)
    return Step(
        stage=Stage.WHOLE,
        basis=None,
        about=(found.left, found.right),
        formula=f"1 - {factors}",
        figures=tuple((str(basis.kind), basis.strength) for basis in found.bases),
        result=found.strength,
    )


def _undone_by(facts: Facts, found: Touch) -> tuple[tuple[Removal, ...], ...]:
    pieces = [*_mappings(found), *_pieces(facts, found)]
    for size, tried in ((1, pieces), (2, pieces[:_TRIED_IN_PAIRS])):
        enough = tuple(each for each in itertools.combinations(tried, size) if _after(facts, found, each) is None)
        if enough:
            return enough
    return (_one_by_one(facts, found),)


def _one_by_one(facts: Facts, found: Touch) -> tuple[Removal, ...]:
    """Takes away the strongest piece until nothing is left, then puts back what need not have gone."""
    gone: list[Removal] = []
    left: Touch | None = found
    while left:
        gone.append(_pieces(facts, left)[0])
        left = _after(facts, found, gone)
    for piece in tuple(gone):
        fewer = [other for other in gone if other != piece]
        if _after(facts, found, fewer) is None:
            gone = fewer
    return tuple(gone)


def _mappings(found: Touch) -> list[Removal]:
    return [Removal(evidence=Evidence.MAPPING, iris=(iri,)) for basis in found.bases for iri in basis.derived_from]


def _pieces(facts: Facts, found: Touch) -> list[Removal]:
    """The pieces of evidence, those that weigh most in the whole first."""
    weighed: list[tuple[float, Removal]] = []
    for basis in found.bases:
        if basis.kind is BasisKind.PEOPLE:
            weighed.append((WEIGHTS[basis.kind] * basis.strength, Removal(evidence=Evidence.PEOPLE)))
        for share in basis.shares:
            removal = Removal(evidence=Evidence.RESOURCE, iris=(share.left.item,))
            if basis.kind is BasisKind.TOPICS:
                words = facts.subjects[found.left][share.left.key].words
                removal = Removal(evidence=Evidence.TOPIC, iris=tuple(dict.fromkeys((share.left.item, *words))))
            weighed.append((WEIGHTS[basis.kind] * share.contribution, removal))
    weighed.sort(key=lambda pair: (-pair[0], pair[1].evidence, pair[1].iris))
    return [removal for _, removal in weighed]


def _after(facts: Facts, found: Touch, removals: Iterable[Removal]) -> Touch | None:
    """What would be left of a touch after some removals."""
    without: set[str] = set()
    with_people = True
    for removal in removals:
        match removal.evidence:
            case Evidence.MAPPING:
                facts = facts.without_mapping(removal.iris[0])
            case Evidence.PEOPLE:
                with_people = False
            case _:
                without.update(removal.iris)
    return touch(facts, found.left, found.right, without=without, with_people=with_people)
