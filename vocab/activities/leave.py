"""Leave: stops being part of the object. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Activity):
    """Stops being part of the object."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Leave",
        {"fr": "quitter", "en": "leave"},
        {"fr": "Cesse de faire partie de l’objet.", "en": "Stops being part of the object."},
        type="Leave",
        status="reused",
        required=("actor", "object"),
    )
