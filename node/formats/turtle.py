"""Turtle: things as linked data, for libraries and portals. Writes only."""

from __future__ import annotations

from collections.abc import Sequence

from node.contracts import Format
from vocab import rdf
from vocab.thing import Thing


def write(things: Sequence[Thing]) -> bytes:
    """The things one after the other; Turtle allows prefixes to be declared again."""
    return "\n".join(rdf.turtle(thing) for thing in things).encode()


FORMAT = Format(name="turtle", media_type="text/turtle", extension="ttl", write=write)
