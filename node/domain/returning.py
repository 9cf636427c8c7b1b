"""Where somebody was going when they had to come in first: only ever a page of this site."""

from __future__ import annotations

import re

LONGEST = 1_000

#: A path of this site, perhaps with a query: nothing that a browser would take for another host.
_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def within(path: str) -> str:
    """The same path when it is one of this site, "" for anything else."""
    return path if len(path) <= LONGEST and _PATH.fullmatch(path) else ""
