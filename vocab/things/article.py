"""Article: a text of some length. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.object import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Object):
    """A text of some length; it always carries name, summary, content and url."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Article",
        {"fr": "article", "en": "article"},
        {"fr": "Texte d’une certaine longueur.", "en": "Text of some length."},
        type="Article",
        status="reused",
        required=("name", "summary", "content", "url"),
    )
