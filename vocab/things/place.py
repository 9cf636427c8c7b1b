"""Place: a territory or a spot, official or lived. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, GEO, LOCN, SCHEMA, SKOS, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Object):
    """A place; `is_part_of` says in which larger one it lies."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Place",
        {"fr": "lieu", "en": "place"},
        {"fr": "Lieu ou territoire.", "en": "Place or territory."},
        type="Place",
        status="reused",
        required=("name",),
    )
    latitude: Annotated[
        float | None,
        Term(
            AS + "latitude",
            {"fr": "latitude", "en": "latitude"},
            {"fr": "Latitude, en degrés.", "en": "Latitude, in degrees."},
            status="reused",
            datatype=XSD + "float",
        ),
    ] = None
    longitude: Annotated[
        float | None,
        Term(
            AS + "longitude",
            {"fr": "longitude", "en": "longitude"},
            {"fr": "Longitude, en degrés.", "en": "Longitude, in degrees."},
            status="reused",
            datatype=XSD + "float",
        ),
    ] = None
    altitude: Annotated[
        float | None,
        Term(
            AS + "altitude",
            {"fr": "altitude", "en": "altitude"},
            {"fr": "Altitude.", "en": "Altitude."},
            status="reused",
            datatype=XSD + "float",
        ),
    ] = None
    accuracy: Annotated[
        float | None,
        Term(
            AS + "accuracy",
            {"fr": "précision", "en": "accuracy"},
            {"fr": "Précision, en pour cent.", "en": "Accuracy, in per cent."},
            status="reused",
            datatype=XSD + "float",
        ),
    ] = None
    radius: Annotated[
        float | None,
        Term(
            AS + "radius",
            {"fr": "rayon", "en": "radius"},
            {"fr": "Rayon.", "en": "Radius."},
            status="reused",
            datatype=XSD + "float",
        ),
    ] = None
    units: Annotated[
        str | None,
        Term(
            AS + "units",
            {"fr": "unité", "en": "units"},
            {"fr": "Unité du rayon et de l’altitude.", "en": "Unit of radius and altitude."},
            status="reused",
        ),
    ] = None
    address: Annotated[
        tuple[Ref, ...],
        Term(
            SCHEMA + "address",
            {"fr": "adresse postale", "en": "address"},
            {"fr": "Adresse postale.", "en": "Postal address."},
            status="reused",
            is_uncoerced=True,
        ),
    ] = ()
    exact_match: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "exactMatch",
            {"fr": "identique à", "en": "exact match"},
            {"fr": "Même sens, dans un autre vocabulaire.", "en": "Same meaning, in another vocabulary."},
            status="reused",
        ),
    ] = ()
    notation: Annotated[
        tuple[str, ...],
        Term(
            SKOS + "notation",
            {"fr": "code", "en": "notation"},
            {"fr": "Code dans une classification.", "en": "Code in a classification."},
            status="reused",
        ),
    ] = ()
    boundary: Annotated[
        str | None,
        Term(
            LOCN + "geometry",
            {"fr": "tracé", "en": "boundary"},
            {
                "fr": "Tracé du territoire, en WKT ; pour une communauté vécue, celui que dessinent les gens qui y vivent.",
                "en": "Outline of the territory, in WKT; of a lived community, the one drawn by those who live there.",
            },
            status="reused",
            datatype=GEO + "wktLiteral",
        ),
    ] = None
