"""Mapping: “this term is close to that one”, a statement that people can answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import ADMS, AS, CDP, PAV, SKOS, SSSOM, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.note import Note
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping(Note):
    """A statement that two terms correspond: proposed, accepted or contested."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        SSSOM + "Mapping",
        {"fr": "correspondance", "en": "mapping"},
        {"fr": "Énoncé selon lequel deux termes se correspondent.", "en": "Statement that two terms correspond."},
        type="Note",
        status="reused",
        kinds=("Relationship",),
        required=("subject", "relationship", "object"),
    )
    subject: Annotated[
        Ref | None,
        Term(
            AS + "subject",
            {"fr": "sujet", "en": "subject"},
            {"fr": "D’où part la relation.", "en": "Where the relation starts."},
            status="reused",
        ),
    ] = None
    relationship: Annotated[
        Ref | None,
        Term(
            AS + "relationship",
            {"fr": "relation", "en": "relationship"},
            {"fr": "La relation elle-même.", "en": "The relation itself."},
            status="reused",
        ),
    ] = None
    object: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "object",
            {"fr": "objet", "en": "object"},
            {"fr": "Sur quoi porte l’activité ou la relation.", "en": "What the activity or relation is about."},
            status="reused",
        ),
    ] = ()
    mapping_justification: Annotated[
        Ref | None,
        Term(
            SSSOM + "mapping_justification",
            {"fr": "justification", "en": "mapping justification"},
            {"fr": "Comment on y est venu.", "en": "How it was arrived at."},
            status="reused",
        ),
    ] = None
    mapping_author: Annotated[
        tuple[Ref, ...],
        Term(
            PAV + "authoredBy",
            {"fr": "proposée par", "en": "mapping author"},
            {"fr": "Qui a proposé la correspondance.", "en": "Who proposed the mapping."},
            status="reused",
        ),
    ] = ()
    mapping_state: Annotated[
        Ref | None,
        Term(
            CDP + "mappingState",
            {"fr": "état de la correspondance", "en": "state of the mapping"},
            {"fr": "Proposée, acceptée ou contestée.", "en": "Proposed, accepted or contested."},
            ranges=(SKOS + "Concept",),
            schemes=("etats-de-correspondance",),
            is_searchable=True,
            note={
                "fr": "Seule une correspondance acceptée compte pour la recherche et les intersections. Exemple : proposée, "
                "puis acceptée par relecture.",
                "en": "Only an accepted mapping counts in search and intersections. Example: proposed, then accepted on review.",
            },
            narrows=(ADMS + "status",),
        ),
    ] = None
    reviewer: Annotated[
        tuple[Ref, ...],
        Term(
            SSSOM + "reviewer_id",
            {"fr": "relue par", "en": "reviewer"},
            {"fr": "Qui l’a relue.", "en": "Who reviewed it."},
            status="reused",
        ),
    ] = ()
    confidence: Annotated[
        float | None,
        Term(
            SSSOM + "confidence",
            {"fr": "confiance", "en": "confidence"},
            {"fr": "Confiance, de 0 à 1.", "en": "Confidence, from 0 to 1."},
            status="reused",
            datatype=XSD + "double",
        ),
    ] = None
