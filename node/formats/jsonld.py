"""Expanded JSON-LD: things with every name in full, for programs that know no context of ours. Writes only."""

from __future__ import annotations

import orjson

from node.contracts import Format, Listing
from vocab import rdf


def write(listing: Listing) -> bytes:
    """All statements of all things in one array."""
    nodes = [node for thing in listing.things for node in orjson.loads(rdf.expanded_jsonld(thing))]
    return orjson.dumps(nodes, option=orjson.OPT_INDENT_2)


FORMAT = Format(
    name="jsonld",
    media_type="application/ld+json",
    extension="jsonld",
    loses={"fr": "L’ordre des valeurs, hors des listes.", "en": "The order of values, outside lists."},
    write=write,
)
