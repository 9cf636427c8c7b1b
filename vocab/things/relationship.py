"""Relationship: a statement about two things. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship(Object):
    """A statement: subject, relationship, object."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Relationship",
        {"fr": "relation", "en": "relationship"},
        {"fr": "Énoncé sur deux choses.", "en": "Statement about two things."},
        type="Relationship",
        status="reused",
        required=("subject", "object"),
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
