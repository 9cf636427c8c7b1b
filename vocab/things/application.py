"""Application: application, an actor. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Application(Actor):
    """Software that acts: it signs what the node fetches."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Application",
        {"fr": "logiciel", "en": "application"},
        {
            "fr": "Logiciel qui agit : il signe ce que le nœud va chercher.",
            "en": "Software that acts: it signs what the node fetches.",
        },
        type="Application",
        status="reused",
    )
