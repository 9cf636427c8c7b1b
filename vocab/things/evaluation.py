"""Evaluation: what people thought of it, in figures and never one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, DCTERMS, PROV, SCHEMA, XSD
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
            "en": "Aggregated summary of an appraisal (meeting, year, intersection); it contains no individual answers.",
        },
        type="Article",
        above=(PROV + "Entity", SCHEMA + "Review"),
        required=("evaluates", "respondent_count"),
        note={
            "fr": "Jamais publiée sous cinq réponses. Exemple : l’utilité de la rencontre de mars selon 18 personnes.",
            "en": "Never published with fewer than five answers. Example: how useful 18 people found the meeting of March.",
        },
    )
    evaluates: Annotated[
        Ref | None,
        Term(
            CDP + "evaluates",
            {"fr": "évalue", "en": "evaluates"},
            {"fr": "Ce que l’évaluation apprécie.", "en": "What the evaluation appraises."},
            narrows=(SCHEMA + "itemReviewed",),
            note={
                "fr": "Une rencontre, une année d’une communauté, une intersection. Exemple : la rencontre de mars.",
                "en": "A meeting, a year of a community, an intersection. Example: the meeting of March.",
            },
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
            note={
                "fr": "Toujours une moyenne avec son échelle et son nombre de réponses. Exemple : utilité, 4,2 sur 5, 18 "
                "réponses.",
                "en": "Always an average with its scale and number of answers. Example: usefulness, 4.2 out of 5, 18 answers.",
            },
            close_to=(SCHEMA + "aggregateRating",),
        ),
    ] = ()
    respondent_count: Annotated[
        int | None,
        Term(
            CDP + "respondentCount",
            {"fr": "nombre de réponses", "en": "number of respondents"},
            {
                "fr": "Nombre de personnes ayant répondu ; non publié sous le seuil de confidentialité.",
                "en": "Number of respondents; not published below the privacy threshold.",
            },
            datatype=XSD + "nonNegativeInteger",
            note={
                "fr": "Sous cinq réponses, rien n’est publié. Exemple : 18.",
                "en": "Below five answers nothing is published. Example: 18.",
            },
            close_to=(SCHEMA + "ratingCount",),
        ),
    ] = None
    recommendation: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "recommendation",
            {"fr": "recommandation", "en": "recommendation"},
            {"fr": "Suite proposée.", "en": "Proposed follow-up."},
            note={
                "fr": "Ce que le groupe propose pour la suite. Exemple : « Une rencontre en personne par an ».",
                "en": "What the group proposes next. Example: “One meeting in person a year”.",
            },
            narrows=(DCTERMS + "description",),
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
