"""Object: what every object of ActivityStreams may say. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.addressed import Addressed
from vocab.namespaces import AS, SCHEMA, XSD
from vocab.terms import Term, TypeTerm
from vocab.values import Moment, Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Object(Addressed):
    """An object of ActivityStreams; an object of a type that we do not know is read as one too."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Object",
        {"fr": "objet", "en": "object"},
        {"fr": "Objet d’ActivityStreams.", "en": "Object of ActivityStreams."},
        status="reused",
        is_abstract=True,
    )
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
    summary: Annotated[
        Text | None,
        Term(
            AS + "summary",
            {"fr": "résumé", "en": "summary"},
            {"fr": "Résumé, en HTML.", "en": "Summary, in HTML."},
            status="reused",
        ),
    ] = None
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
    source: Annotated[
        Ref | None,
        Term(
            AS + "source",
            {"fr": "source", "en": "source"},
            {"fr": "Texte dont le contenu est tiré.", "en": "Text that the content was made from."},
            status="reused",
            of="Source",
            is_uncoerced=True,
        ),
    ] = None
    url: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "url",
            {"fr": "adresse", "en": "url"},
            {"fr": "Où lire ou voir cela.", "en": "Where to read or see it."},
            status="reused",
        ),
    ] = ()
    start_time: Annotated[
        Moment | None,
        Term(
            AS + "startTime",
            {"fr": "début", "en": "start"},
            {"fr": "Moment où cela commence.", "en": "Moment when it begins."},
            status="reused",
            datatype=XSD + "dateTime",
            is_searchable=True,
        ),
    ] = None
    end_time: Annotated[
        Moment | None,
        Term(
            AS + "endTime",
            {"fr": "fin", "en": "end"},
            {"fr": "Moment où cela finit.", "en": "Moment when it ends."},
            status="reused",
            datatype=XSD + "dateTime",
        ),
    ] = None
    duration: Annotated[
        str | None,
        Term(
            AS + "duration",
            {"fr": "durée", "en": "duration"},
            {"fr": "Durée, en ISO 8601.", "en": "Duration, in ISO 8601."},
            status="reused",
            datatype=XSD + "duration",
        ),
    ] = None
    icon: Annotated[
        tuple[Ref, ...],
        Term(AS + "icon", {"fr": "icône", "en": "icon"}, {"fr": "Petite image.", "en": "Small image."}, status="reused"),
    ] = ()
    image: Annotated[
        tuple[Ref, ...],
        Term(AS + "image", {"fr": "image", "en": "image"}, {"fr": "Grande image.", "en": "Large image."}, status="reused"),
    ] = ()
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
    location: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "location",
            {"fr": "lieu", "en": "location"},
            {"fr": "Où cela se passe.", "en": "Where it takes place."},
            also=(SCHEMA + "location",),
            status="reused",
            is_searchable=True,
        ),
    ] = ()
    generator: Annotated[
        Ref | None,
        Term(
            AS + "generator",
            {"fr": "logiciel", "en": "generator"},
            {"fr": "Ce qui a produit l’objet.", "en": "What generated the object."},
            status="reused",
        ),
    ] = None
    is_sensitive: Annotated[
        bool | None,
        Term(
            AS + "sensitive",
            {"fr": "délicat", "en": "sensitive"},
            {"fr": "À montrer avec précaution.", "en": "To be shown with care."},
            status="reused",
            key="sensitive",
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
