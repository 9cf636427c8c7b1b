"""Like: appreciates the object. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Like(Activity):
    """Appreciates the object."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Like",
        {"fr": "aimer", "en": "like"},
        {"fr": "Apprécie l’objet.", "en": "Appreciates the object."},
        type="Like",
        status="reused",
        required=("actor", "object"),
    )
