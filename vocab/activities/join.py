"""Join: asks to be part of the object. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Join(Activity):
    """Asks to be part of the object."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Join",
        {"fr": "se joindre", "en": "join"},
        {"fr": "Demande à faire partie de l’objet.", "en": "Asks to be part of the object."},
        type="Join",
        status="reused",
        required=("actor", "object"),
    )
