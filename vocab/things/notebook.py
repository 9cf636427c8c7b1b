"""Notebook: an ordered, introduced series of notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, SCHEMA
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
    )
    entries: Annotated[
        Ref | None,
        Term(
            CDP + "entries",
            {"fr": "sommaire", "en": "entries"},
            {"fr": "Collection ordonnée des éléments d’un carnet.", "en": "Ordered collection of a notebook’s items."},
            ranges=(AS + "OrderedCollection",),
        ),
    ] = None
