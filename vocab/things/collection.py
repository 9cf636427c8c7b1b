"""Collection: several things under one address. Spec: ActivityPub §5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection(Object):
    """A set of things, or its first page."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Collection",
        {"fr": "collection", "en": "collection"},
        {"fr": "Ensemble de choses.", "en": "Set of things."},
        type="Collection",
        status="reused",
    )
    total_items: Annotated[
        int | None,
        Term(
            AS + "totalItems",
            {"fr": "nombre", "en": "total"},
            {"fr": "Nombre d’éléments.", "en": "Number of items."},
            status="reused",
            datatype=XSD + "nonNegativeInteger",
        ),
    ] = None
    first: Annotated[
        Ref | None,
        Term(
            AS + "first",
            {"fr": "première page", "en": "first page"},
            {"fr": "Première page.", "en": "First page."},
            status="reused",
            of="CollectionPage",
        ),
    ] = None
    last: Annotated[
        Ref | None,
        Term(
            AS + "last",
            {"fr": "dernière page", "en": "last page"},
            {"fr": "Dernière page.", "en": "Last page."},
            status="reused",
            of="CollectionPage",
        ),
    ] = None
    current: Annotated[
        Ref | None,
        Term(
            AS + "current",
            {"fr": "page courante", "en": "current page"},
            {"fr": "Page des plus récents.", "en": "Page of the most recent."},
            status="reused",
            of="CollectionPage",
        ),
    ] = None
    items: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "items",
            {"fr": "éléments", "en": "items"},
            {"fr": "Ce que la collection contient.", "en": "What the collection holds."},
            status="reused",
            is_listed=True,
        ),
    ] = ()
