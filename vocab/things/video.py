"""Video: video to look at or listen to. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Video(Document):
    """A document that is video; what it shows is said in its name."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Video", {"fr": "vidéo", "en": "video"}, {"fr": "Vidéo.", "en": "Video."}, type="Video", status="reused"
    )
