"""TentativeReject: does not take what is asked for now, and may yet. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class TentativeReject(Activity):
    """Does not take what is asked for now, and may yet."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "TentativeReject",
        {"fr": "refuser pour l’instant", "en": "tentative reject"},
        {
            "fr": "Ne prend pas pour l’instant ce qui est demandé, et le prendra peut-être.",
            "en": "Does not take what is asked for now, and may yet.",
        },
        type="TentativeReject",
        status="reused",
        required=("actor", "object"),
    )
