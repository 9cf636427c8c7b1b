"""Expanded JSON-LD: things with every name in full, for programs that know no context of ours. Writes only.

Spec: JSON-LD 1.1.
"""

from __future__ import annotations

from node.contracts import Format, Listing
from node.domain.collections import as_one
from vocab import rdf


def write(listing: Listing) -> bytes:
    """All statements, of a list those about itself first."""
    return rdf.expanded_jsonld(as_one(listing))


FORMAT = Format(
    name="jsonld",
    media_type="application/ld+json",
    extension="jsonld",
    loses={"fr": "L’ordre des valeurs, hors des listes.", "en": "The order of values, outside lists."},
    write=write,
)
