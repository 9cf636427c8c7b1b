"""Follow: asks to receive what the object publishes. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow(Activity):
    """Asks to receive what the object publishes."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Follow",
        {"fr": "suivre", "en": "follow"},
        {"fr": "Demande à recevoir ce que publie l’objet.", "en": "Asks to receive what the object publishes."},
        type="Follow",
        status="reused",
        required=("actor", "object"),
    )
