"""An explanation as lines of text: the figures put into the formulas, and what would undo the touch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from node.domain.bases import BasisKind
from node.domain.explanation import Evidence, Explanation, Removal, Stage, Step
from node.domain.sentences import listed, quoted, said
from node.domain.telling import label
from vocab.values import Text

#: The four bases, as headings.
BASES: Mapping[BasisKind, Text] = {
    BasisKind.TOPICS: said("Sujets communs", "Topics in common"),
    BasisKind.RESOURCES: said("Ressources communes", "Resources in common"),
    BasisKind.PEOPLE: said("Personnes communes", "People in common"),
    BasisKind.TERRITORY: said("Territoire commun", "Territory in common"),
}
_STAGES: Mapping[Stage, Text] = {
    Stage.RARITY: said("rareté", "rarity"),
    Stage.WEIGHT: said("poids", "weight"),
    Stage.CONTRIBUTION: said("apport", "contribution"),
    Stage.BASIS: said("force", "strength"),
    Stage.WHOLE: said("Force de l’ensemble", "Strength of the whole"),
}
_REMOVALS: Mapping[Evidence, Text] = {
    Evidence.MAPPING: said("la correspondance {iri} était retirée", "the mapping {iri} were withdrawn"),
    Evidence.TOPIC: said("{side} ne parlait plus de {name}", "{side} no longer spoke of {name}"),
    Evidence.RESOURCE: said("{side} ne tenait plus {name}", "{side} no longer held {name}"),
    Evidence.PEOPLE: said("moins de cinq personnes communes y consentaient", "fewer than five people in common agreed to it"),
}
_UNDONE = said("Rien de cela ne tiendrait si :", "None of this would hold if:")
_BECAUSE = said("d’après {mappings}", "by {mappings}")


def lines(explanation: Explanation, labels: Mapping[str, Text], language: str) -> list[str]:
    """The way from the evidence to the number, a line per step, indented by two spaces below its basis."""
    return [*_steps(explanation, labels, language), *_undone_by(explanation, labels, language)]


def _steps(explanation: Explanation, labels: Mapping[str, Text], language: str) -> Iterator[str]:
    heading: BasisKind | None = None
    for step in explanation.steps:
        if step.basis is not None and step.basis is not heading:
            heading = step.basis
            yield BASES[heading].in_language(language)
        yield f"{'  ' if step.basis else ''}{_said(step, labels, language)}"


def _said(step: Step, labels: Mapping[str, Text], language: str) -> str:
    names = [quoted(label(labels, iri, language), language) for iri in step.about]
    is_one_thing = step.stage in {Stage.RARITY, Stage.WEIGHT, Stage.CONTRIBUTION}
    head = _STAGES[step.stage].in_language(language) + (f" {' ≈ '.join(names)}" if is_one_thing else "")
    colon = "\u00a0: " if language == "fr" else ": "
    because = ""
    if step.because:
        because = f" ({_BECAUSE.in_language(language).format(mappings=listed(step.because, language))})"
    return f"{head}{colon}{step.formula} = {filled_in(step)} = {step.result:.4f}{because}"


def filled_in(step: Step) -> str:
    """The formula of a step with its figures in the places of their names."""
    figures = {name: f"{value:.4g}" for name, value in step.figures}
    return re.sub(r"[a-z]\w*", lambda name: figures.get(name[0], name[0]), step.formula)


def _undone_by(explanation: Explanation, labels: Mapping[str, Text], language: str) -> Iterator[str]:
    yield _UNDONE.in_language(language)
    side = label(labels, explanation.touch.left, language)
    for removals in explanation.undone_by:
        yield "  " + listed([_removed(removal, side, labels, language) for removal in removals], language)


def _removed(removal: Removal, side: str, labels: Mapping[str, Text], language: str) -> str:
    iri = next(iter(removal.iris), "")
    name = quoted(label(labels, iri, language), language)
    return _REMOVALS[removal.evidence].in_language(language).format(iri=iri, side=side, name=name)
