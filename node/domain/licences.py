"""Licences by the names people use for them."""

from __future__ import annotations

import re

_CREATIVE_COMMONS = re.compile(
    r"^(?:cc )?by(?P<terms>(?: (?:nc|sa|nd))*)(?: (?P<version>[1-4] \d))?(?P<place> ca| international)?$"
)
_ZERO = re.compile(r"^(?:cc ?0|cc zero|domaine public|public domain)(?: 1 0)?(?: universal)?$")


def licence(name: str) -> str:
    """The address of a licence given by its name ("CC BY-SA 4.0", "cc0") or by its address; "" for a name not known."""
    if re.match(r"^https?://[^\s]+$", name):
        return name
    words = re.sub(r"[\s._-]+", " ", name.casefold()).strip()
    if _ZERO.match(words):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _CREATIVE_COMMONS.match(words)
    if not found:
        return ""
    terms = "-".join(["by", *found["terms"].split()])
    version = (found["version"] or "4 0").replace(" ", ".")
    place = "ca/" if found["place"] == " ca" else ""
    return f"https://creativecommons.org/licenses/{terms}/{version}/{place}"
