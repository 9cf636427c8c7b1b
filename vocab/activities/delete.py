"""Delete: deletes the object. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete(Activity):
    """Deletes the object."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Delete",
        {"fr": "supprimer", "en": "delete"},
        {"fr": "Supprime l’objet.", "en": "Deletes the object."},
        type="Delete",
        status="reused",
        required=("actor", "object"),
    )
