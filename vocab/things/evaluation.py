"""Evaluation: what people thought of it, in figures and never one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, PROV, SCHEMA, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.article import Article
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(Article):
    """An aggregated appraisal."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "Evaluation",
        {"fr": "évaluation", "en": "evaluation"},
        {
            "fr": "Synthèse agrégée d’une appréciation (rencontre, année, intersection) ; ne contient aucune "
            "réponse individuelle.",
            "en": "Aggregated summary of an appraisal (meeting, year, intersection); it contains no individual answer.",
        },
        type="Article",
        above=(PROV + "Entity", SCHEMA + "Review"),
        required=("evaluates", "respondent_count"),
    )
    evaluates: Annotated[
        Ref | None,
        Term(
            CDP + "evaluates",
            {"fr": "évalue", "en": "evaluates"},
            {"fr": "Ce que l’évaluation apprécie.", "en": "What the evaluation appraises."},
            narrows=(SCHEMA + "itemReviewed",),
        ),
    ] = None
    measure: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "measure",
            {"fr": "mesure", "en": "measure"},
            {
                "fr": "Mesure agrégée pour un critère (dcterms:subject).",
                "en": "Aggregated measure for one criterion (dcterms:subject).",
            },
            ranges=(SCHEMA + "AggregateRating",),
            of="AggregateRating",
        ),
    ] = ()
    respondent_count: Annotated[
        int | None,
        Term(
            CDP + "respondentCount",
            {"fr": "nombre de réponses", "en": "respondent count"},
            {
                "fr": "Nombre de personnes ayant répondu ; non publié sous le seuil de confidentialité.",
                "en": "Number of respondents; not published below the privacy threshold.",
            },
            datatype=XSD + "nonNegativeInteger",
        ),
    ] = None
    recommendation: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "recommendation",
            {"fr": "recommandation", "en": "recommendation"},
            {"fr": "Suite proposée.", "en": "Proposed follow-up."},
        ),
    ] = ()
    temporal_coverage: Annotated[
        str | None,
        Term(
            SCHEMA + "temporalCoverage",
            {"fr": "période", "en": "temporal coverage"},
            {"fr": "Période couverte, en ISO 8601.", "en": "Period covered, in ISO 8601."},
            status="reused",
        ),
    ] = None
