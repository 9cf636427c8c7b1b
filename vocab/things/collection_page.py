"""CollectionPage: a part of a collection. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS
from vocab.terms import Term, TypeTerm
from vocab.things.collection import Collection
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionPage(Collection):
    """A page of a collection."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "CollectionPage",
        {"fr": "page de collection", "en": "collection page"},
        {"fr": "Partie d’une collection.", "en": "Part of a collection."},
        type="CollectionPage",
        status="reused",
    )
    part_of: Annotated[
        Ref | None,
        Term(
            AS + "partOf",
            {"fr": "page de", "en": "part of"},
            {"fr": "Collection dont c’est une page.", "en": "Collection that this is a page of."},
            status="reused",
        ),
    ] = None
    next: Annotated[
        Ref | None,
        Term(AS + "next", {"fr": "suivante", "en": "next"}, {"fr": "Page suivante.", "en": "Next page."}, status="reused"),
    ] = None
    prev: Annotated[
        Ref | None,
        Term(
            AS + "prev",
            {"fr": "précédente", "en": "previous"},
            {"fr": "Page précédente.", "en": "Previous page."},
            status="reused",
        ),
    ] = None
