"""How French is spaced: U+00A0 before high signs and within guillemets, typographic apostrophes."""

from __future__ import annotations

import re

_FAULT = re.compile(r"(?<![\u00a0\u202f;:!?])[;!?»](?=\s|$|[.,)])|\S[ ]:(?=\s|$)|«(?![\u00a0\u202f])|'")


def faults(french: str) -> list[str]:
    """Where a French text is spaced otherwise, each with what stands around it."""
    return [french[max(found.start() - 12, 0) : found.end() + 3] for found in _FAULT.finditer(french)]
