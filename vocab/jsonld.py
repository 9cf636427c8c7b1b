"""Thing ⇄ JSON-LD: read foreign bytes with care, write the form that travels.

`read` raises VocabError and nothing else. Two readers give the same expanded form: a direct one for what real servers
send, PyLD for a document that redefines a word. Spec: JSON-LD 1.1. Spec: ActivityPub §3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from vocab import jsonld_read, jsonld_write
from vocab.definitions import RDF_TYPE
from vocab.errors import UnknownType
from vocab.jsonld_active import NeedsProcessor, as_list, ground, known_address
from vocab.jsonld_expand import expand_node
from vocab.jsonld_limits import parse
from vocab.thing import Thing

__all__ = [
    "NeedsProcessor",
    "dump",
    "dump_wrapping",
    "expand",
    "expand_directly",
    "expand_fully",
    "parse",
    "read",
    "thing_of",
    "write",
]


def read(document: bytes) -> Thing:
    """The Thing that this document says: of the class of its kind, else of its type; unknown properties are kept.

    VocabError when it exceeds a limit, is no JSON-LD, redefines a core term or has no type.
    """
    return thing_of(expand(parse(document)))


def thing_of(node: dict[str, Any]) -> Thing:
    """The Thing that expanded JSON-LD says; UnknownType when it has no type, WrongValue when its core makes no sense."""
    if not node.get("@type") and not node.get(RDF_TYPE):
        raise UnknownType
    return jsonld_read.thing(node)


def expand(document: dict[str, Any]) -> dict[str, Any]:
    """The expanded form of a parsed document, by the direct reader, or by the processor where that one is needed."""
    try:
        return expand_directly(document)
    except NeedsProcessor:
        return expand_fully(document)


def expand_directly(document: dict[str, Any]) -> dict[str, Any]:
    """The same by the direct reader alone; NeedsProcessor where it cannot follow."""
    return expand_node(document, ground(is_known=_is_known(document)))


def expand_fully(document: dict[str, Any]) -> dict[str, Any]:
    """The same by the processor alone."""
    # imported here: PyLD brings three ways to fetch documents along, none of which is used, and takes as long as all the rest
    from vocab import jsonld_processor  # noqa: PLC0415

    is_known = _is_known(document)
    return jsonld_processor.expand(document, ground(is_known=is_known), is_known=is_known)


def _is_known(document: dict[str, Any]) -> bool:
    """Whether a document names contexts, and we know all of them."""
    contexts = as_list(document.get("@context"))
    return bool(contexts) and all(not isinstance(item, str) or known_address(item) for item in contexts)


def write(thing: Thing, also: Sequence[str] = ()) -> dict[str, Any]:
    """The wire form: one type, our kinds, a context inlined and pruned; keys in a fixed order. `also`: further contexts named."""
    return jsonld_write.document(thing, also)


def dump(thing: Thing, also: Sequence[str] = ()) -> bytes:
    """The wire form as bytes, ready to be sent and kept."""
    return orjson.dumps(write(thing, also))


def dump_wrapping(announce: Thing, inner: bytes) -> bytes:
    """The wire form of an activity whose object is another document, byte for byte as it was received.

    Malformed or another VocabError when `inner` is not a document that we would read. Spec: FEP-1b12.
    """
    parse(inner)
    outer = {key: value for key, value in write(announce).items() if key != "object"}
    return orjson.dumps(outer).removesuffix(b"}") + b',"object":' + inner.strip() + b"}"
