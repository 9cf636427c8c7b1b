"""IntersectionBasis: one reason for an intersection, with figures and items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, PROV, SKOS, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class IntersectionBasis(Object):
    """One reason, with what it rests on; about people only a number, never names."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "IntersectionBasis",
        {"fr": "fondement d’intersection", "en": "intersection basis"},
        {
            "fr": "Un motif, chiffré et expliqué, qui fonde une intersection.",
            "en": "One reason, with figures and explanation, on which an intersection rests.",
        },
        above=(PROV + "Entity",),
        required=("basis_kind",),
    )
    basis_kind: Annotated[
        Ref | None,
        Term(
            CDP + "basisKind",
            {"fr": "nature du fondement", "en": "kind of basis"},
            {"fr": "Personnes, sujets, ressources ou territoire.", "en": "People, topics, resources or territory."},
            ranges=(SKOS + "Concept",),
        ),
    ] = None
    shared_item: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "sharedItem",
            {"fr": "élément commun", "en": "shared item"},
            {
                "fr": "Concept, ressource ou lieu en commun ; jamais une personne sans son consentement.",
                "en": "Concept, resource or place in common; never a person without their consent.",
            },
        ),
    ] = ()
    shared_count: Annotated[
        int | None,
        Term(
            CDP + "sharedCount",
            {"fr": "nombre en commun", "en": "shared count"},
            {"fr": "Nombre d’éléments communs.", "en": "Number of shared items."},
            datatype=XSD + "nonNegativeInteger",
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
