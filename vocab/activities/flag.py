"""Flag: reports the object to the moderators. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Activity):
    """Reports the object to the moderators."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Flag",
        {"fr": "signaler", "en": "flag"},
        {"fr": "Signale l’objet à la modération.", "en": "Reports the object to the moderators."},
        type="Flag",
        status="reused",
        required=("actor", "object"),
    )
