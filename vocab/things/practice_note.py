"""PracticeNote: a short text about a practice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, SCHEMA, SKOS
from vocab.recurring import CAUTION, ORGANIZATIONAL_CONTEXT
from vocab.terms import Term, TypeTerm
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeNote(RepertoireItem):
    """A practice told so that others can try it."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "PracticeNote",
        {"fr": "note de pratique", "en": "practice note"},
        {
            "fr": "Court texte qui documente une pratique, un savoir-faire ou un apprentissage.",
            "en": "Short text documenting a practice, know-how or lesson.",
        },
        type="Article",
        required=("license",),
        note={
            "fr": "Contexte, ce qu’on a fait, ce qui a aidé ou nui, ce qu’on en garde. Exemple : une visite d’accueil en huit "
            "étapes.",
            "en": "Context, what was done, what helped or hindered, what was learned. Example: a welcome visit in eight steps.",
        },
        related_to=(SCHEMA + "LearningResource",),
    )
    organizational_context: Annotated[Text | None, ORGANIZATIONAL_CONTEXT] = None
    helped: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "helped",
            {"fr": "ce qui a aidé", "en": "what helped"},
            {"fr": "Ce qui a rendu la chose possible.", "en": "What made it possible."},
            note={
                "fr": "Exemple : « Une élue qui y croyait ».",
                "en": "Example: “A councillor who believed in it”.",
            },
            close_to=(SKOS + "note",),
        ),
    ] = ()
    hindered: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "hindered",
            {"fr": "ce qui a nui", "en": "what hindered"},
            {"fr": "Ce qui a rendu la chose difficile, ou l’a fait échouer.", "en": "What made it difficult, or made it fail."},
            note={
                "fr": "Une erreur qui s’écrit est utile. Exemple : « Lancer l’invitation en décembre ».",
                "en": "A mistake that is written down is useful. Example: “Sending the invitation in December”.",
            },
            close_to=(SKOS + "note",),
        ),
    ] = ()
    caution: Annotated[tuple[Text, ...], CAUTION] = ()
    estimated_cost: Annotated[
        tuple[Text, ...],
        Term(
            SCHEMA + "estimatedCost",
            {"fr": "coût", "en": "cost"},
            {"fr": "Ce que cela demande, en argent et en temps.", "en": "What it takes, in money and time."},
            status="reused",
        ),
    ] = ()
    transferability: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "transferability",
            {"fr": "transférabilité", "en": "transferability"},
            {"fr": "À quelles conditions cela peut se faire ailleurs.", "en": "Under what conditions it can be done elsewhere."},
            note={
                "fr": "Exemple : « Partout où il y a une cuisine collective ».",
                "en": "Example: “Wherever there is a community kitchen”.",
            },
            close_to=(SKOS + "scopeNote",),
        ),
    ] = ()
