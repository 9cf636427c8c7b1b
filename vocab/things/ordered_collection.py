"""OrderedCollection: several things in an order. Spec: ActivityPub §5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS
from vocab.terms import Term, TypeTerm
from vocab.things.collection import Collection
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedCollection(Collection):
    """A series of things; the most recent first, where a moment orders them."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "OrderedCollection",
        {"fr": "collection ordonnée", "en": "ordered collection"},
        {"fr": "Suite ordonnée de choses.", "en": "Ordered series of things."},
        type="OrderedCollection",
        status="reused",
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
