"""PostalAddress: an address as schema.org writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import SCHEMA
from vocab.terms import Term, TypeTerm
from vocab.thing import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress(Thing):
    """A postal address."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        SCHEMA + "PostalAddress",
        {"fr": "adresse postale", "en": "postal address"},
        {"fr": "Adresse postale.", "en": "Postal address."},
        type="PostalAddress",
        status="reused",
    )
    street_address: Annotated[
        str | None,
        Term(
            SCHEMA + "streetAddress",
            {"fr": "rue", "en": "street"},
            {"fr": "Numéro et rue.", "en": "Number and street."},
            status="reused",
        ),
    ] = None
    address_locality: Annotated[
        str | None,
        Term(
            SCHEMA + "addressLocality",
            {"fr": "localité", "en": "locality"},
            {"fr": "Localité.", "en": "Locality."},
            status="reused",
        ),
    ] = None
    address_region: Annotated[
        str | None,
        Term(
            SCHEMA + "addressRegion",
            {"fr": "région", "en": "region"},
            {"fr": "Province ou région.", "en": "Province or region."},
            status="reused",
        ),
    ] = None
    postal_code: Annotated[
        str | None,
        Term(
            SCHEMA + "postalCode",
            {"fr": "code postal", "en": "postal code"},
            {"fr": "Code postal.", "en": "Postal code."},
            status="reused",
        ),
    ] = None
    address_country: Annotated[
        str | None,
        Term(
            SCHEMA + "addressCountry",
            {"fr": "pays", "en": "country"},
            {"fr": "Pays.", "en": "Country."},
            status="reused",
        ),
    ] = None
