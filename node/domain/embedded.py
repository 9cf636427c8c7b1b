"""The document of a thing as it came, inside an activity or by itself: its own JSON, without what was not meant to be read."""

from __future__ import annotations

import json

from node.errors import Invalid
from vocab.namespaces import AS

CONTEXT = "@context"

#: Recipients that nobody but the sender's server may know of, in every spelling of their names.
HIDDEN = frozenset(f"{prefix}{name}" for prefix in ("", "as:", AS) for name in ("bto", "bcc"))


def embedded_document(body: bytes) -> bytes:
    """The JSON of the object of an activity, with the activity's context unless it has one; raises Invalid when it has none."""
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise Invalid("This activity is not JSON.") from problem
    inside = whole.get("object") if isinstance(whole, dict) else None
    if isinstance(inside, list) and len(inside) == 1:
        inside = inside[0]
    if not isinstance(inside, dict):
        raise Invalid("This activity carries no object.")
    if CONTEXT not in inside and CONTEXT in whole:
        inside = {CONTEXT: whole[CONTEXT], **inside}
    return json.dumps(inside, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def without_hidden(document: bytes) -> bytes:
    """The same document; without its bto and bcc, at any depth, where a careless server sent them along."""
    if not any(mark in document for mark in (b"bto", b"bcc", b"\\u")):
        return document
    try:
        whole = json.loads(document)
        told = _told(whole)
    except (ValueError, RecursionError):
        return document
    if told == whole:
        return document
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _told(value: object) -> object:
    if isinstance(value, dict):
        return {name: _told(each) for name, each in value.items() if name not in HIDDEN}
    if isinstance(value, list):
        return [_told(each) for each in value]
    return value
