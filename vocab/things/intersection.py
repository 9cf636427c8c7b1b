"""Intersection: where two communities touch, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, PROV, SKOS, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.article import Article
from vocab.values import Ref


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
    )
    between: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "between",
            {"fr": "entre", "en": "between"},
            {
                "fr": "Communauté prenant part à l’intersection (deux ou plus).",
                "en": "Community taking part in the intersection (two or more).",
            },
            is_searchable=True,
        ),
    ] = ()
    phase: Annotated[
        Ref | None,
        Term(
            CDP + "phase",
            {"fr": "phase", "en": "phase"},
            {
                "fr": "Phase de vie d’une communauté ou d’une intersection.",
                "en": "Life phase of a community or of an intersection.",
            },
            ranges=(SKOS + "Concept",),
            is_searchable=True,
        ),
    ] = None
    strength: Annotated[
        float | None,
        Term(
            CDP + "strength",
            {"fr": "force", "en": "strength"},
            {
                "fr": "Force, de 0 à 1, selon la méthode indiquée par dcterms:conformsTo.",
                "en": "Strength, 0 to 1, by the method given in dcterms:conformsTo.",
            },
            datatype=XSD + "double",
            is_searchable=True,
        ),
    ] = None
    basis: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "basis",
            {"fr": "fondement", "en": "basis"},
            {"fr": "Motif de l’intersection.", "en": "Reason for the intersection."},
            ranges=(CDP + "IntersectionBasis",),
            of="IntersectionBasis",
        ),
    ] = ()
    formalized_as: Annotated[
        Ref | None,
        Term(
            CDP + "formalizedAs",
            {"fr": "formalisée par", "en": "formalised as"},
            {"fr": "Groupe créé pour animer l’intersection.", "en": "Group created to facilitate the intersection."},
            ranges=(AS + "Group",),
        ),
    ] = None
    repertoire: Annotated[
        Ref | None,
        Term(
            CDP + "repertoire",
            {"fr": "répertoire partagé", "en": "shared repertoire"},
            {
                "fr": "Collection des éléments de répertoire d’une communauté, ou du répertoire élargi d’une intersection.",
                "en": "Collection of a community’s repertoire items, or of an intersection’s enlarged repertoire.",
            },
            ranges=(AS + "Collection",),
        ),
    ] = None
