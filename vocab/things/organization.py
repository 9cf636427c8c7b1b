"""Organization: organization, an actor. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS, ORG
from vocab.terms import TypeTerm
from vocab.things.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Actor):
    """Organisation; its node hosts its communities."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Organization",
        {"fr": "organisation", "en": "organization"},
        {
            "fr": "Organisation ; son nœud en héberge les communautés.",
            "en": "Organisation; its node hosts its communities.",
        },
        type="Organization",
        status="reused",
        close_to=(ORG + "Organization",),
    )
