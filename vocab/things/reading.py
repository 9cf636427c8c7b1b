"""Reading: what a shared thing means to one community, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, OA, SKOS
from vocab.recurring import CAUTION, VOICE
from vocab.terms import Term, TypeTerm
from vocab.things.article import Article
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Article):
    """A reading of a boundary object; it lives with those who wrote it, and changes nobody else's."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "Reading",
        {"fr": "lecture", "en": "reading"},
        {
            "fr": "Ce qu’une communauté comprend d’un objet partagé et comment elle s’en sert, dans son langage.",
            "en": "What a community understands by a shared object and how it uses it, in its own language.",
        },
        type="Article",
        above=(OA + "Annotation",),
        note={
            "fr": "Le contenu dit ce que l’objet veut dire pour nous. Écrite à plusieurs communautés, elle peut dire accords, "
            "tensions et questions. Exemple : le même règlement lu par l’urbanisme et par un comité de locataires.",
            "en": "The content says what the object means to us. Written by several communities, it may say agreements, tensions "
            "and questions. Example: the same by-law read by planners and by a tenants’ committee.",
        },
        required=("reading_of", "voice"),
    )
    reading_of: Annotated[
        Ref | None,
        Term(
            OA + "hasTarget",
            {"fr": "lecture de", "en": "reading of"},
            {"fr": "L’objet qui est lu.", "en": "The object that is read."},
            key="readingOf",
            status="reused",
            is_searchable=True,
        ),
    ] = None
    voice: Annotated[tuple[Ref, ...], VOICE] = ()
    usage: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "usage",
            {"fr": "comment on s’en sert", "en": "how it is used"},
            {"fr": "Ce que l’on en fait, chez nous.", "en": "What the community does with it."},
            close_to=("http://purl.org/vocab/vann/usageNote",),
            note={
                "fr": "Exemple : « On l’apporte à chaque demande de permis ».",
                "en": "Example: “We bring it along to every application for a permit”.",
            },
        ),
    ] = ()
    caution: Annotated[tuple[Text, ...], CAUTION] = ()
    agreement: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "agreement",
            {"fr": "point d’accord", "en": "point of agreement"},
            {"fr": "Ce sur quoi les lectures se rejoignent.", "en": "What the readings agree on."},
            close_to=(SKOS + "note",),
            note={
                "fr": "Exemple : « Les rues sont d’abord à qui y vit ».",
                "en": "Example: “Streets belong first to those who live there”.",
            },
        ),
    ] = ()
    tension: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "tension",
            {"fr": "point de tension", "en": "point of tension"},
            {
                "fr": "Ce sur quoi les lectures s’opposent, sans trancher.",
                "en": "Where the readings differ, without taking sides.",
            },
            close_to=(SKOS + "note",),
            note={
                "fr": "Exemple : « Densifier : pour loger, ou pour rentabiliser ? »",
                "en": "Example: “Building more densely: to house people, or for profit?”",
            },
        ),
    ] = ()
    open_question: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "openQuestion",
            {"fr": "question ouverte", "en": "open question"},
            {"fr": "Question que l’on garde devant soi.", "en": "Question left open for later."},
            close_to=(SKOS + "note",),
            note={
                "fr": "Exemple : « Qui entretient la ruelle l’hiver ? »",
                "en": "Example: “Who looks after the lane in winter?”",
            },
        ),
    ] = ()
