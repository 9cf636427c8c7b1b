"""Turtle: things as linked data, for libraries and portals. Writes only."""

from __future__ import annotations

from node.contracts import Format, Listing
from vocab import rdf


def write(listing: Listing) -> bytes:
    """The things one after the other; Turtle allows prefixes to be declared again."""
    return "\n".join(rdf.turtle(thing) for thing in listing.things).encode()


FORMAT = Format(
    name="turtle",
    media_type="text/turtle",
    extension="ttl",
    loses={"fr": "L’ordre des valeurs, hors des listes.", "en": "The order of values, outside lists."},
    write=write,
)
