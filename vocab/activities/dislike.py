"""Dislike: does not appreciate the object. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Dislike(Activity):
    """Does not appreciate the object."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Dislike",
        {"fr": "ne pas aimer", "en": "dislike"},
        {"fr": "N’apprécie pas l’objet.", "en": "Does not appreciate the object."},
        type="Dislike",
        status="reused",
        required=("actor", "object"),
    )
