"""Add: adds the object to the target. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(Activity):
    """Adds the object to the target."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Add",
        {"fr": "ajouter", "en": "add"},
        {"fr": "Ajoute l’objet à la cible.", "en": "Adds the object to the target."},
        type="Add",
        status="reused",
        required=("actor", "object", "target"),
    )
