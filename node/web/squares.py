"""A drawing from which a phone reads an address, as the path of an SVG."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

#: So many squares of light stand around it, or phones do not find it.
_BORDER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Squares:
    """A drawing: how many squares it is wide and high, and `path`, along the dark ones."""

    side: int
    path: str


@lru_cache(maxsize=100)
def squares(address: str) -> Squares:
    """The drawing of an address."""
    import segno  # noqa: PLC0415 -- seldom

    rows = [[bool(each) for each in row] for row in segno.make(address, micro=False).matrix_iter(border=_BORDER)]
    return Squares(side=len(rows), path="".join(_line(number, row) for number, row in enumerate(rows)))


def _line(number: int, row: list[bool]) -> str:
    """The dark squares of one line, each run of them as one rectangle."""
    found, column = "", 0
    for is_dark, run in groupby(row):
        length = len(list(run))
        found += f"M{column} {number}h{length}v1h-{length}z" if is_dark else ""
        column += length
    return found
