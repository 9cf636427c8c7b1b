"""Expanded JSON-LD: things with every name in full, for programs that know no context of ours. Writes only."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from node.contracts import Format
from vocab import rdf
from vocab.thing import Thing


def write(things: Sequence[Thing]) -> bytes:
    """All statements of all things in one array."""
    nodes = [node for thing in things for node in orjson.loads(rdf.expanded_jsonld(thing))]
    return orjson.dumps(nodes, option=orjson.OPT_INDENT_2)


FORMAT = Format(name="jsonld", media_type="application/ld+json", extension="jsonld", write=write)
