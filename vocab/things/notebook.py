"""Notebook: an ordered, introduced series of notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, DCTERMS, SCHEMA
from vocab.terms import Term, TypeTerm
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook(RepertoireItem):
    """A notebook; its items are in `entries`, never on itself (FEP-2277 would make it a Collection)."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "Notebook",
        {"fr": "carnet", "en": "notebook"},
        {
            "fr": "Suite ordonnée et présentée de notes, réunie par une ou plusieurs personnes.",
            "en": "Ordered, introduced sequence of notes gathered by one or more people.",
        },
        type="Article",
        above=(SCHEMA + "Collection",),
        required=("entries",),
        note={
            "fr": "Les notes restent où elles sont : une note peut être dans plusieurs carnets. Exemple : un mémoire en 65 "
            "notes.",
            "en": "The notes stay where they are: one note may be in several notebooks. Example: a thesis in 65 notes.",
        },
    )
    entries: Annotated[
        Ref | None,
        Term(
            CDP + "entries",
            {"fr": "sommaire", "en": "entries"},
            {"fr": "Collection ordonnée des éléments d’un carnet.", "en": "Ordered collection of a notebook’s items."},
            ranges=(AS + "OrderedCollection",),
            note={
                "fr": "Sa taille est totalItems, son ordre celui de la lecture ; une partie est un carnet dans le carnet. "
                "Exemple : un mémoire de 65 notes.",
                "en": "Its size is totalItems, its order that of reading; a part is a notebook within the notebook. Example: a "
                "thesis of 65 notes.",
            },
            close_to=(DCTERMS + "hasPart",),
        ),
    ] = None
