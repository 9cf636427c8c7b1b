"""Document: a document. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.object import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Object):
    """A document."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Document",
        {"fr": "document", "en": "document"},
        {"fr": "Document.", "en": "Document."},
        type="Document",
        status="reused",
    )
