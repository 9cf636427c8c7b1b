"""Membership: a person belongs to a community, with roles and dates, as the ORG ontology has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, ORG, PROV, SKOS, TOOT, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.relationship import Relationship
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Relationship):
    """A membership; it goes to the members alone."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        ORG + "Membership",
        {"fr": "appartenance", "en": "membership"},
        {
            "fr": "Une personne fait partie d’une communauté, avec des rôles et des dates.",
            "en": "A person belongs to a community, with roles and dates.",
        },
        type="Relationship",
        status="reused",
        required=("member", "organization", "role"),
    )
    member: Annotated[
        Ref | None,
        Term(
            ORG + "member",
            {"fr": "membre", "en": "member"},
            {"fr": "Qui fait partie.", "en": "Who belongs."},
            status="reused",
        ),
    ] = None
    organization: Annotated[
        Ref | None,
        Term(
            ORG + "organization",
            {"fr": "organisation", "en": "organization"},
            {"fr": "Ce dont on fait partie.", "en": "What is belonged to."},
            status="reused",
        ),
    ] = None
    role: Annotated[
        tuple[Ref, ...],
        Term(
            ORG + "role",
            {"fr": "rôle", "en": "role"},
            {"fr": "Rôle tenu.", "en": "Role held."},
            status="reused",
            ranges=(SKOS + "Concept",),
        ),
    ] = ()
    on_behalf_of: Annotated[
        Ref | None,
        Term(
            CDP + "onBehalfOf",
            {"fr": "au nom de", "en": "on behalf of"},
            {
                "fr": "Organisation ou communauté que la personne représente.",
                "en": "Organisation or community that the person represents.",
            },
            note={
                "fr": "La personne le dit pour cette appartenance. Exemple : au nom de la coopérative.",
                "en": "Said by the person for this membership. Example: on behalf of the co-operative.",
            },
            related_to=(PROV + "actedOnBehalfOf",),
        ),
    ] = None
    has_intersection_consent: Annotated[
        bool | None,
        Term(
            CDP + "intersectionConsent",
            {"fr": "consentement aux intersections", "en": "intersection consent"},
            {
                "fr": "La personne accepte que cette appartenance soit comptée dans le calcul des intersections ; absent = non.",
                "en": "The person agrees that this membership is counted when intersections are computed; absent means no.",
            },
            key="intersectionConsent",
            datatype=XSD + "boolean",
            note={
                "fr": "Se donne par appartenance, se retire d’un geste. Exemple : oui pour ma communauté de métier, non pour "
                "mon groupe d’entraide.",
                "en": "Given for each membership, withdrawn at a click. Example: yes for my trade’s community, no for my "
                "mutual-aid group.",
            },
            related_to=(TOOT + "indexable",),
        ),
    ] = None
