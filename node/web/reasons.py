"""The path from the evidence of an intersection to its number, and what would make it vanish, in words with links."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from node.actions.compute_intersections import reasons_of
from node.domain.bases import BasisKind
from node.domain.explanation import Evidence, Explanation, Removal, Stage, Step
from node.domain.explanation_words import filled_in
from node.errors import NotFound
from node.storage.shelves.intersections import IntersectionRow
from node.web.desk import Desk, Link
from node.web.translations import phrase
from vocab.values import Ref

#: Explaining weighs all that the communities hold: what was explained is kept until the intersection changes.
_KEPT: OrderedDict[bytes, Explanation | None] = OrderedDict()
_MOST_KEPT = 200
#: So many ways to undo an intersection are told.
_MOST_WAYS = 6

_STAGES: Mapping[Stage, str] = {
    Stage.RARITY: phrase("Rareté"),
    Stage.WEIGHT: phrase("Poids"),
    Stage.CONTRIBUTION: phrase("Apport"),
    Stage.BASIS: phrase("Force"),
    Stage.WHOLE: phrase("Force de l’ensemble"),
}
_REMOVALS: Mapping[Evidence, str] = {
    Evidence.MAPPING: phrase("retirer la correspondance"),
    Evidence.TOPIC: phrase("%(name)s ne parlerait plus de"),
    Evidence.RESOURCE: phrase("%(name)s ne tiendrait plus"),
    Evidence.PEOPLE: phrase("moins de cinq personnes communes y consentiraient"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step: what is computed, of which things, with the figures in the formula, by which mappings."""

    stage: str
    names: tuple[Link, ...]
    sum: str
    result: float
    because: tuple[Link, ...]
    is_contribution: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that could change: the sentence, and the things of which it would then be true (none for people)."""

    words: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What would make an intersection vanish: each of `alone` by itself, or all of `together`; one of the two is empty."""

    alone: tuple[Change, ...] = ()
    together: tuple[Change, ...] = ()


def explained(desk: Desk, row: IntersectionRow) -> Explanation | None:
    """Why an intersection is there; None when it no longer is, and waits to be computed anew."""
    key = hashlib.sha256(row.document).digest()
    if key not in _KEPT:
        try:
            _KEPT[key] = reasons_of(desk.uow, desk.visit.house, row.iri).explanation
        except NotFound:
            _KEPT[key] = None
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return _KEPT[key]


def steps(desk: Desk, explanation: Explanation) -> dict[str, list[Line]]:
    """The steps, by the basis that they belong to."""
    found: dict[str, list[Line]] = {}
    for step in explanation.steps:
        if step.basis is not None:
            found.setdefault(step.basis.value, []).append(_line(desk, step))
    return found


def vanishing(desk: Desk, explanation: Explanation) -> list[Undoing]:
    """The smallest changes after which nothing would be left: first those that suffice alone, then those that go together."""
    side = desk.community(explanation.touch.left).text
    ways = explanation.undone_by[:_MOST_WAYS]
    alone = [way[0] for way in ways if len(way) == 1]
    found = [Undoing(alone=tuple(change for removal in alone for change in _changes(desk, (removal,), side)))] if alone else []
    return found + [Undoing(together=_changes(desk, way, side)) for way in ways if len(way) > 1]


def _line(desk: Desk, step: Step) -> Line:
    is_one_thing = step.stage in {Stage.RARITY, Stage.WEIGHT, Stage.CONTRIBUTION} or step.basis is BasisKind.TERRITORY
    figures = filled_in(step).replace("*", "×").replace(" - ", " − ")
    return Line(
        stage=desk.tongue.say(_STAGES[step.stage]),
        names=tuple(desk.term(Ref(iri=iri)) for iri in step.about) if is_one_thing else (),
        sum=figures.replace(".", ",") if desk.language == "fr" else figures,
        result=step.result,
        because=tuple(desk.term(Ref(iri=iri)) for iri in step.because) if step.stage is Stage.CONTRIBUTION else (),
        is_contribution=step.stage is Stage.CONTRIBUTION,
    )


def _changes(desk: Desk, removals: Sequence[Removal], side: str) -> tuple[Change, ...]:
    """Removals as sentences, those of one sort in one sentence."""
    sorts: dict[Evidence, list[Link]] = {}
    for removal in removals:
        sorts.setdefault(removal.evidence, []).extend(desk.term(Ref(iri=iri)) for iri in removal.iris[:1])
    return tuple(
        Change(words=desk.tongue.say(_REMOVALS[evidence], name=side), links=tuple(links)) for evidence, links in sorts.items()
    )
