"""AggregateRating: one measure of an evaluation, as schema.org writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import SCHEMA, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateRating(Object):
    """An average with its scale and the number of answers."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        SCHEMA + "AggregateRating",
        {"fr": "note moyenne", "en": "aggregate rating"},
        {"fr": "Moyenne de plusieurs réponses.", "en": "Average of several answers."},
        type="AggregateRating",
        status="reused",
    )
    rating_value: Annotated[
        float | None,
        Term(
            SCHEMA + "ratingValue",
            {"fr": "valeur", "en": "value"},
            {"fr": "Moyenne.", "en": "Average."},
            status="reused",
            datatype=XSD + "double",
        ),
    ] = None
    worst_rating: Annotated[
        float | None,
        Term(
            SCHEMA + "worstRating",
            {"fr": "minimum", "en": "worst rating"},
            {"fr": "Bas de l’échelle.", "en": "Bottom of the scale."},
            status="reused",
            datatype=XSD + "double",
        ),
    ] = None
    best_rating: Annotated[
        float | None,
        Term(
            SCHEMA + "bestRating",
            {"fr": "maximum", "en": "best rating"},
            {"fr": "Haut de l’échelle.", "en": "Top of the scale."},
            status="reused",
            datatype=XSD + "double",
        ),
    ] = None
    rating_count: Annotated[
        int | None,
        Term(
            SCHEMA + "ratingCount",
            {"fr": "nombre de réponses", "en": "rating count"},
            {"fr": "Nombre de réponses.", "en": "Number of answers."},
            status="reused",
            datatype=XSD + "integer",
        ),
    ] = None
