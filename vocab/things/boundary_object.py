"""BoundaryObject: what lives in two communities or more, each reading it in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import CDP, PROV
from vocab.terms import TypeTerm
from vocab.things.article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryObject(Article):
    """A thing that circulates between communities: a second kind, beside the one that says what it is."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "BoundaryObject",
        {"fr": "objet-frontière", "en": "boundary object"},
        {
            "fr": "Objet qui circule entre plusieurs communautés et que chacune interprète dans son langage.",
            "en": "Object that circulates between several communities, each interpreting it in its own language.",
        },
        type="Article",
        types=("Page", "Document", "Note", "Event", "Image", "Video", "Audio"),
        status="unstable",
        note={
            "fr": "Se dit en plus de ce que l’objet est : tout type convient. Exemple : un règlement d’urbanisme que lisent "
            "trois communautés.",
            "en": "Said in addition to what the object is: any type will do. Example: a zoning by-law read by three communities.",
        },
        related_to=(PROV + "Entity",),
    )
