"""Announce: makes the object known to the followers. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce(Activity):
    """Makes the object known to the followers."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Announce",
        {"fr": "relayer", "en": "announce"},
        {"fr": "Fait connaître l’objet à ses abonné·es.", "en": "Makes the object known to the followers."},
        type="Announce",
        status="reused",
        required=("actor", "object"),
    )
