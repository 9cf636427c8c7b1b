"""The document of a thing that came inside an activity: its own JSON, untouched, under the context of the whole."""

from __future__ import annotations

import json

from node.errors import Invalid

CONTEXT = "@context"


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
