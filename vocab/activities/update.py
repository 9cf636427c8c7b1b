"""Update: replaces the object by this version. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Update(Activity):
    """Replaces the object by this version."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Update",
        {"fr": "modifier", "en": "update"},
        {"fr": "Remplace l’objet par cette version.", "en": "Replaces the object by this version."},
        type="Update",
        status="reused",
        required=("actor", "object"),
    )
