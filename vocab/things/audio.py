"""Audio: sound to look at or listen to. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio(Document):
    """A document that is sound; what it shows is said in its name."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Audio", {"fr": "son", "en": "sound"}, {"fr": "Son.", "en": "Sound."}, type="Audio", status="reused"
    )
