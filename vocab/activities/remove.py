"""Remove: removes the object from the target. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove(Activity):
    """Removes the object from the target."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Remove",
        {"fr": "retirer", "en": "remove"},
        {"fr": "Retire l’objet de la cible.", "en": "Removes the object from the target."},
        type="Remove",
        status="reused",
        required=("actor", "object", "target"),
    )
