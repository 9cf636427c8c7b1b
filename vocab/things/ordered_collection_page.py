"""OrderedCollectionPage: a part of an ordered collection. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.collection_page import CollectionPage
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedCollectionPage(CollectionPage):
    """A page of an ordered collection."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "OrderedCollectionPage",
        {"fr": "page de collection ordonnée", "en": "ordered collection page"},
        {"fr": "Partie d’une collection ordonnée.", "en": "Part of an ordered collection."},
        type="OrderedCollectionPage",
        status="reused",
        above=(AS + "OrderedCollection",),
    )
    items: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "items",
            {"fr": "éléments", "en": "items"},
            {"fr": "Ce que la collection contient, dans l’ordre.", "en": "What the collection holds, in order."},
            status="reused",
            key="orderedItems",
            container="@list",
            is_listed=True,
        ),
    ] = ()
    start_index: Annotated[
        int | None,
        Term(
            AS + "startIndex",
            {"fr": "rang du premier", "en": "start index"},
            {"fr": "Rang du premier élément de la page.", "en": "Rank of the first item of the page."},
            status="reused",
            datatype=XSD + "nonNegativeInteger",
        ),
    ] = None
