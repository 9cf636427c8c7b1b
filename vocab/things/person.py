"""Person: person, an actor. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS, FOAF
from vocab.terms import TypeTerm
from vocab.things.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Actor):
    """Person who has an account."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Person",
        {"fr": "personne", "en": "person"},
        {"fr": "Personne qui a un compte.", "en": "Person who has an account."},
        type="Person",
        status="reused",
        close_to=(FOAF + "Person",),
    )
