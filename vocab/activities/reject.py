"""Reject: refuses what is asked, or withdraws an agreement. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Activity):
    """Refuses what is asked, or withdraws an agreement."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Reject",
        {"fr": "refuser", "en": "reject"},
        {
            "fr": "Refuse ce qui est demandé, ou retire un accord.",
            "en": "Refuses what is asked, or withdraws an agreement.",
        },
        type="Reject",
        status="reused",
        required=("actor", "object"),
    )
