"""The path from the evidence of an intersection to its number, and what would make it vanish, in words with links."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
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
    Evidence.MAPPING: phrase("sans la correspondance"),
    Evidence.TOPIC: phrase("si %(name)s ne parlait plus de"),
    Evidence.RESOURCE: phrase("si %(name)s ne tenait plus"),
    Evidence.PEOPLE: phrase("si moins de cinq personnes communes y consentaient"),
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
class Piece:
    """Something that could go: words, and the thing itself where it has a name."""

    words: str
    link: Link | None


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


def vanishing(desk: Desk, explanation: Explanation) -> list[list[Piece]]:
    """The smallest changes after which nothing would be left; each is a list of pieces that must go together."""
    side = desk.community(explanation.touch.left).text
    return [[_piece(desk, removal, side) for removal in removals] for removals in explanation.undone_by[:_MOST_WAYS]]


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


def _piece(desk: Desk, removal: Removal, side: str) -> Piece:
    words = desk.tongue.say(_REMOVALS[removal.evidence], name=side)
    return Piece(words=words, link=desk.term(Ref(iri=removal.iris[0])) if removal.iris else None)
