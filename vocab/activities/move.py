"""Move: goes from the origin to the target. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Activity):
    """Goes from the origin to the target."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Move",
        {"fr": "déménager", "en": "move"},
        {"fr": "Passe de l’origine à la cible.", "en": "Goes from the origin to the target."},
        type="Move",
        status="reused",
        required=("actor", "object"),
    )
