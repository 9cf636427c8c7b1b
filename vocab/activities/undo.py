"""Undo: takes an activity back. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Activity):
    """Takes an activity back."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Undo",
        {"fr": "annuler", "en": "undo"},
        {"fr": "Annule une activité.", "en": "Takes an activity back."},
        type="Undo",
        status="reused",
        required=("actor", "object"),
    )
