"""Page: something that has its place on the web. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.object import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Object):
    """A page; it always carries name, summary, content and url."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Page",
        {"fr": "page", "en": "page"},
        {"fr": "Page du web.", "en": "Page of the web."},
        type="Page",
        status="reused",
        required=("name", "url"),
    )
