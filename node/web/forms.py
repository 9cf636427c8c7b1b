"""What a posted form holds."""

from __future__ import annotations

from urllib.parse import parse_qs

from federation.messages import Received
from node.errors import Invalid

FORM = "application/x-www-form-urlencoded"

#: More fields than any form of ours has.
MOST_FIELDS = 100


def field_of(received: Received, name: str) -> str:
    """The last value of a field, "" when there is none or the body is no form; raises Invalid for more fields than a form has."""
    types = [value.partition(";")[0].strip().lower() for value in received.values("Content-Type")]
    if types != [FORM]:
        return ""
    try:
        fields = parse_qs(received.body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError as problem:
        raise Invalid("This form has too many fields.") from problem
    return fields.get(name, [""])[-1]
