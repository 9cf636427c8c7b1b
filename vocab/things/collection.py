"""Collection: several things under one address. Spec: ActivityPub §5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, SECURITY, XSD
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
    digest: Annotated[
        str | None,
        Term(
            CDP + "digest",
            {"fr": "empreinte", "en": "digest"},
            {
                "fr": "Empreinte de tout ce que la collection montre à tout le monde : deux serveurs qui la comparent savent, "
                "sans rien lire d’autre, s’ils ont la même chose.",
                "en": "Digest of all that the collection shows to everybody: two servers that compare it know, without reading "
                "anything else, whether they hold the same.",
            },
            note={
                "fr": "Le OU exclusif des SHA-256 de chaque élément, écrit « adresse, espace, moment de sa dernière "
                "modification » ; 64 chiffres hexadécimaux. Le moment est vide pour ce qui vient d’ailleurs. Exemple : "
                "« 9c0a…52 ».",
                "en": "The XOR of the SHA-256 of each item, written “address, space, moment of its last change”; 64 hexadecimal "
                "digits. The moment is empty for what comes from elsewhere. Example: “9c0a…52”.",
            },
            related_to=(SECURITY + "digestMultibase",),
        ),
    ] = None
    digests: Annotated[
        tuple[str, ...],
        Term(
            CDP + "digests",
            {"fr": "empreintes des parties", "en": "digests of the parts"},
            {
                "fr": "Empreinte de chaque partie de la collection : les premiers chiffres du SHA-256 de l’adresse, deux-points, "
                "les seize premiers chiffres de l’empreinte.",
                "en": "Digest of each part of the collection: the first digits of the SHA-256 of the address, a colon, the first "
                "sixteen digits of the digest.",
            },
            is_listed=True,
            note={
                "fr": "Compare partie par partie ce qui diffère. Exemple : « 3f:9c0a7d21e4b85512 ».",
                "en": "Shows, part by part, what differs. Example: “3f:9c0a7d21e4b85512”.",
            },
            related_to=(SECURITY + "digestMultibase",),
        ),
    ] = ()
