"""Ignore: takes note without acting on it. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore(Activity):
    """Takes note without acting on it."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Ignore",
        {"fr": "ignorer", "en": "ignore"},
        {"fr": "Prend note sans donner suite.", "en": "Takes note without acting on it."},
        type="Ignore",
        status="reused",
        required=("actor", "object"),
    )
