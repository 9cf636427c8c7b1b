"""FormalOrganization: an organisation with a legal form, as the ORG ontology names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import ORG
from vocab.terms import TypeTerm
from vocab.things.organization import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class FormalOrganization(Organization):
    """An organisation that is recognised as such: the one that runs a node."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        ORG + "FormalOrganization",
        {"fr": "organisation reconnue", "en": "formal organization"},
        {"fr": "Organisation qui a une existence légale.", "en": "Organisation with a legal existence."},
        type="Organization",
        status="reused",
    )
