"""Link: a pointer with manners. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, XSD
from vocab.terms import Term, TypeTerm
from vocab.thing import Thing
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Thing):
    """A link with its type and language; it has no id."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Link",
        {"fr": "lien", "en": "link"},
        {"fr": "Lien qualifié.", "en": "Qualified link."},
        type="Link",
        status="reused",
    )
    href: Annotated[
        Ref | None,
        Term(
            AS + "href",
            {"fr": "cible", "en": "target"},
            {"fr": "Où mène le lien.", "en": "Where the link leads."},
            status="reused",
        ),
    ] = None
    rel: Annotated[
        tuple[str, ...],
        Term(
            AS + "rel",
            {"fr": "relation", "en": "relation"},
            {"fr": "Type du lien.", "en": "Type of the link."},
            status="reused",
        ),
    ] = ()
    name: Annotated[
        Text | None,
        Term(
            AS + "name",
            {"fr": "nom", "en": "name"},
            {"fr": "Nom ou titre, sans balises.", "en": "Name or title, without markup."},
            status="reused",
            is_searchable=True,
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
    hreflang: Annotated[
        str | None,
        Term(
            AS + "hreflang",
            {"fr": "langue de la cible", "en": "target language"},
            {"fr": "Langue de la cible.", "en": "Language of the target."},
            status="reused",
        ),
    ] = None
    width: Annotated[
        int | None,
        Term(
            AS + "width",
            {"fr": "largeur", "en": "width"},
            {"fr": "Largeur en pixels.", "en": "Width in pixels."},
            status="reused",
            datatype=XSD + "nonNegativeInteger",
        ),
    ] = None
    height: Annotated[
        int | None,
        Term(
            AS + "height",
            {"fr": "hauteur", "en": "height"},
            {"fr": "Hauteur en pixels.", "en": "Height in pixels."},
            status="reused",
            datatype=XSD + "nonNegativeInteger",
        ),
    ] = None
    preview: Annotated[
        Ref | None,
        Term(
            AS + "preview",
            {"fr": "aperçu", "en": "preview"},
            {
                "fr": "Ce que montrent les logiciels qui ne connaissent pas ce type.",
                "en": "What software shows that does not know this type.",
            },
            status="reused",
        ),
    ] = None
