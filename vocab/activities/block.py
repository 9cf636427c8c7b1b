"""Block: wants nothing more of the object. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Activity):
    """Wants nothing more of the object."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Block",
        {"fr": "bloquer", "en": "block"},
        {"fr": "Ne veut plus rien de l’objet.", "en": "Wants nothing more of the object."},
        type="Block",
        status="reused",
        required=("actor", "object"),
    )
