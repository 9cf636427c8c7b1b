"""Tombstone: something was here. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object
from vocab.values import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone(Object):
    """What is left of a deleted thing."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Tombstone",
        {"fr": "pierre tombale", "en": "tombstone"},
        {"fr": "Ce qui reste d’une chose supprimée.", "en": "What is left of a deleted thing."},
        type="Tombstone",
        status="reused",
    )
    former_type: Annotated[
        tuple[str, ...],
        Term(
            AS + "formerType",
            {"fr": "ancien type", "en": "former type"},
            {"fr": "Ce que c’était.", "en": "What it was."},
            status="reused",
            datatype="@id",
        ),
    ] = ()
    deleted: Annotated[
        Moment | None,
        Term(
            AS + "deleted",
            {"fr": "supprimé le", "en": "deleted"},
            {"fr": "Moment de la suppression.", "en": "Moment of deletion."},
            status="reused",
            datatype=XSD + "dateTime",
        ),
    ] = None
