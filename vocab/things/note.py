"""Note: a short message. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.object import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Object):
    """A short message; a summary on it would be a content warning."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Note",
        {"fr": "message", "en": "note"},
        {"fr": "Court message.", "en": "Short message."},
        type="Note",
        status="reused",
        required=("content",),
    )
