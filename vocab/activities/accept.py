"""Accept: accepts what is asked. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.activities.activity import Activity
from vocab.namespaces import AS
from vocab.terms import TypeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Activity):
    """Accepts what is asked."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Accept",
        {"fr": "accepter", "en": "accept"},
        {"fr": "Accepte ce qui est demandé.", "en": "Accepts what is asked."},
        type="Accept",
        status="reused",
        required=("actor", "object"),
    )
