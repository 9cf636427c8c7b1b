"""The document of a thing as it came, inside an activity or by itself: its own JSON, without what was not meant to be read."""

from __future__ import annotations

import orjson

from node.errors import Invalid
from vocab.namespaces import AS

CONTEXT = "@context"

#: Recipients that nobody but the sender's server may know of, in every spelling of their names.
HIDDEN = frozenset(f"{prefix}{name}" for prefix in ("", "as:", AS) for name in ("bto", "bcc"))

#: How the thing of an activity is called, likewise.
_OBJECT = ("object", "as:object", f"{AS}object")

#: What is signed over the very words of an activity.
PROVING = frozenset({"proof", "signature"})


def embedded_document(body: bytes) -> bytes:
    """The JSON of the object of an activity, with the activity's context unless it has one; raises Invalid when it has none."""
    whole = _read(body)
    inside = _object(whole)
    if inside is None:
        raise Invalid("This activity carries no object.")
    if CONTEXT not in inside and CONTEXT in whole:
        inside = {CONTEXT: whole[CONTEXT], **inside}
    return _written(inside)


def enclosed(body: bytes) -> bytes:
    """The JSON of the object of an activity as it stands, with the context that it brings itself; empty when there is none."""
    inside = _object(_read(body))
    return _written(inside) if inside is not None else b""


def with_object(body: bytes, document: bytes) -> bytes:
    """An activity that named its object by its address alone, with that object in it as its own server gave it.

    What proved the activity as it came proves nothing of this one, and is left out.
    """
    whole = {name: value for name, value in _read(body).items() if name not in PROVING}
    named = {name: value for name, value in whole.items() if name not in _OBJECT}
    return _written({**named, "object": _read(document)})


def _read(body: bytes) -> dict[str, object]:
    try:
        whole = orjson.loads(body)
    except orjson.JSONDecodeError as problem:
        raise Invalid("This activity is not JSON.") from problem
    return whole if isinstance(whole, dict) else {}


def _object(whole: dict[str, object]) -> dict[str, object] | None:
    inside = next((whole[name] for name in _OBJECT if name in whole), None)
    if isinstance(inside, list) and len(inside) == 1:
        inside = inside[0]
    return inside if isinstance(inside, dict) else None


def _written(value: object) -> bytes:
    return orjson.dumps(value)


def without_hidden(document: bytes) -> bytes:
    """The same document; without its bto and bcc, at any depth, where a careless server sent them along."""
    if not any(mark in document for mark in (b"bto", b"bcc", b"\\u")):
        return document
    try:
        whole = orjson.loads(document)
    except orjson.JSONDecodeError:
        return document
    told = _told(whole)
    if told == whole:
        return document
    return _written(told)


def _told(value: object) -> object:
    if isinstance(value, dict):
        return {name: _told(each) for name, each in value.items() if name not in HIDDEN}
    if isinstance(value, list):
        return [_told(each) for each in value]
    return value
