"""Image: image to look at or listen to. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Document):
    """A document that is image; what it shows is said in its name."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Image", {"fr": "image", "en": "image"}, {"fr": "Image.", "en": "Image."}, type="Image", status="reused"
    )
