"""Service: service, an actor. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Actor):
    """Automated service."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Service",
        {"fr": "service", "en": "service"},
        {"fr": "Service automatique.", "en": "Automated service."},
        type="Service",
        status="reused",
    )
