"""PropertyValue: a field of a profile, name and value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import SCHEMA
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyValue(Object):
    """One line of a profile."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        SCHEMA + "PropertyValue",
        {"fr": "champ de profil", "en": "property value"},
        {"fr": "Champ d’un profil.", "en": "Field of a profile."},
        type="PropertyValue",
        status="reused",
    )
    value: Annotated[
        str | None,
        Term(
            SCHEMA + "value",
            {"fr": "valeur", "en": "value"},
            {"fr": "Valeur du champ, en HTML.", "en": "Value of the field, in HTML."},
            status="reused",
        ),
    ] = None
