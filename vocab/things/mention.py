"""Mention: somebody is named. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.link import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Link):
    """A mention; its href is the id of the actor."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Mention",
        {"fr": "mention", "en": "mention"},
        {"fr": "Mention d’une personne ou d’un groupe.", "en": "Mention of a person or group."},
        type="Mention",
        status="reused",
    )
