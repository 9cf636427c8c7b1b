"""RepertoireItem: what a community puts into its repertoire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import CDP, PAIR, SCHEMA
from vocab.terms import TypeTerm
from vocab.things.article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class RepertoireItem(Article):
    """A resource of a repertoire; its form is given by `genre`."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "RepertoireItem",
        {"fr": "élément de répertoire", "en": "repertoire item"},
        {
            "fr": "Ressource versée au répertoire partagé d’une communauté ; sa forme est précisée par dcterms:type.",
            "en": "Resource placed in a community’s shared repertoire; its form is given by dcterms:type.",
        },
        type="Article",
        types=("Page", "Document", "Audio", "Image", "Video"),
        above=(SCHEMA + "CreativeWork",),
        close_to=(PAIR + "Document",),
        required=("attributed_to", "published"),
        note={
            "fr": "Pour ce qui n’est pas une note de pratique. Exemple : une étude de cas, une grille, un enregistrement.",
            "en": "For anything that is not a practice note. Example: a case study, a grid, a recording.",
        },
    )
