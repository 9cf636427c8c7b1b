"""Source: the text that a content was made from. Spec: ActivityPub §3.3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS
from vocab.terms import Term, TypeTerm
from vocab.thing import Thing
from vocab.values import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Thing):
    """A text as its author wrote it; it travels without a type."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Source",
        {"fr": "source", "en": "source"},
        {"fr": "Texte dont le contenu est tiré.", "en": "Text that the content was made from."},
        status="reused",
        is_abstract=True,
    )
    content: Annotated[
        Text | None,
        Term(
            AS + "content",
            {"fr": "contenu", "en": "content"},
            {"fr": "Contenu, en HTML sauf avis contraire.", "en": "Content, in HTML unless said otherwise."},
            status="reused",
        ),
    ] = None
    media_type: Annotated[
        str | None,
        Term(
            AS + "mediaType",
            {"fr": "type de média", "en": "media type"},
            {"fr": "Type de média du contenu.", "en": "Media type of the content."},
            status="reused",
        ),
    ] = None
