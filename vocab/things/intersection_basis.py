"""IntersectionBasis: one reason for an intersection, with figures and items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, DCTERMS, PROV, SKOS, XSD
from vocab.recurring import STRENGTH
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
        note={
            "fr": "Embarqué dans l’intersection. Exemple : ressources, 4 guides cités des deux côtés.",
            "en": "Embedded in the intersection. Example: resources, 4 guides cited on both sides.",
        },
    )
    basis_kind: Annotated[
        Ref | None,
        Term(
            CDP + "basisKind",
            {"fr": "nature du fondement", "en": "kind of basis"},
            {"fr": "Personnes, sujets, ressources ou territoire.", "en": "People, topics, resources or territory."},
            ranges=(SKOS + "Concept",),
            schemes=("fondements",),
            note={
                "fr": "Un fondement par nature ; le territoire seul ne suffit pas. Exemple : ressources.",
                "en": "One basis of each kind; territory alone is not enough. Example: resources.",
            },
            narrows=(DCTERMS + "type",),
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
            note={
                "fr": "Pour des personnes, un nombre et jamais d’éléments. Exemple : le concept « itinérance ».",
                "en": "For people, a number and never items. Example: the concept “homelessness”.",
            },
            narrows=(DCTERMS + "relation",),
        ),
    ] = ()
    shared_count: Annotated[
        int | None,
        Term(
            CDP + "sharedCount",
            {"fr": "nombre en commun", "en": "shared count"},
            {"fr": "Nombre d’éléments communs.", "en": "Number of shared items."},
            datatype=XSD + "nonNegativeInteger",
            note={
                "fr": "Pour des personnes, jamais moins de cinq. Exemple : 6 sujets.",
                "en": "For people, never fewer than five. Example: 6 topics.",
            },
            related_to=(AS + "totalItems",),
        ),
    ] = None
    strength: Annotated[float | None, STRENGTH] = None
