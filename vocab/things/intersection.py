"""Intersection: where two communities touch, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, ORG, PROV, SCHEMA
from vocab.recurring import BETWEEN, PHASE, REPERTOIRE, SHARED_ENTERPRISE, STRENGTH
from vocab.terms import Term, TypeTerm
from vocab.things.article import Article
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Intersection(Article):
    """A common ground, computed or declared; each reason for it is in `basis`."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "Intersection",
        {"fr": "intersection", "en": "intersection"},
        {
            "fr": "Zone commune, calculée ou déclarée, entre deux communautés ou plus : personnes, sujets, "
            "ressources ou territoire.",
            "en": "Common ground, computed or declared, between two or more communities: people, topics, resources or territory.",
        },
        type="Article",
        above=(PROV + "Entity",),
        related_to=(AS + "Relationship",),
        required=("between", "phase", "basis", "strength"),
        note={
            "fr": "Proposée avec ses raisons ; les communautés la confirment ou l’écartent. Exemple : six sujets communs entre "
            "santé et logement.",
            "en": "Put forward with its reasons; communities confirm or dismiss it. Example: six topics shared by health and "
            "housing.",
        },
    )
    between: Annotated[tuple[Ref, ...], BETWEEN] = ()
    phase: Annotated[Ref | None, PHASE] = None
    strength: Annotated[float | None, STRENGTH] = None
    basis: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "basis",
            {"fr": "fondement", "en": "basis"},
            {"fr": "Motif de l’intersection.", "en": "Reason for the intersection."},
            ranges=(CDP + "IntersectionBasis",),
            of="IntersectionBasis",
            note={
                "fr": "Chaque intersection dit pourquoi elle est là. Exemple : six sujets en commun.",
                "en": "Each intersection says why it is there. Example: six topics in common.",
            },
            related_to=(PROV + "wasDerivedFrom",),
        ),
    ] = ()
    formalized_as: Annotated[
        Ref | None,
        Term(
            CDP + "formalizedAs",
            {"fr": "formalisée par", "en": "formalised as"},
            {"fr": "Groupe créé pour animer l’intersection.", "en": "Group created to facilitate the intersection."},
            ranges=(AS + "Group",),
            note={
                "fr": "Sur décision des communautés, jamais d’office. Exemple : l’espace commun né de l’intersection.",
                "en": "By decision of the communities, never automatically. Example: the joint space born of the intersection.",
            },
            related_to=(ORG + "resultingOrganization",),
        ),
    ] = None
    repertoire: Annotated[Ref | None, REPERTOIRE] = None
    shared_enterprise: Annotated[Text | None, SHARED_ENTERPRISE] = None
    planned_action: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "plannedAction",
            {"fr": "petite action prévue", "en": "small planned action"},
            {
                "fr": "Chose légère que les communautés comptent faire ensemble.",
                "en": "Small thing that the communities intend to do together.",
            },
            note={
                "fr": "Une rencontre a son propre objet. Exemple : « S’inviter l’une l’autre une fois cet hiver ».",
                "en": "A meeting is an object of its own. Example: “Inviting each other once this winter”.",
            },
            related_to=(SCHEMA + "potentialAction",),
        ),
    ] = ()
