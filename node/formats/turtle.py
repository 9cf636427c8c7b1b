"""Turtle: things as linked data, for libraries and portals. Writes only."""

from __future__ import annotations

from node.contracts import Format, Listing
from node.domain.collections import as_one
from vocab import rdf


def write(listing: Listing) -> bytes:
    """All statements, of a list those about itself first."""
    return rdf.turtle(as_one(listing)).encode()


FORMAT = Format(
    name="turtle",
    media_type="text/turtle",
    extension="ttl",
    loses={"fr": "L’ordre des valeurs, hors des listes.", "en": "The order of values, outside lists."},
    write=write,
)
