"""Create: creates the object. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Create(Activity):
    """Creates the object."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Create",
        {"fr": "créer", "en": "create"},
        {"fr": "Crée l’objet.", "en": "Creates the object."},
        type="Create",
        status="reused",
        required=("actor", "object"),
    )
