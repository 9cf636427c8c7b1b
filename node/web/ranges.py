"""A part of a file: of a recording one listens to the middle, and what a bad line broke off goes on where it stopped.

Spec: RFC 9110 §14.2. Spec: RFC 9110 §13.1.5.
"""

from __future__ import annotations

import re

#: More digits than any file of ours has bytes.
_PART = re.compile(r"bytes=[ \t]*(?P<first>[0-9]{0,12})-(?P<last>[0-9]{0,12})[ \t]*", re.IGNORECASE)


class NoSuchPart(ValueError):
    """No byte of the file lies in what was asked for."""


def part_of(asked: str, condition: str, tag: str, size: int) -> slice | None:
    """Which bytes a Range header asks for, None for the whole; raises NoSuchPart.

    Several parts at once, what is no range, and what was asked for on condition of another file (If-Range) give the whole.
    """
    found = _PART.fullmatch(asked)
    if found is None or (condition and condition.strip() != tag):
        return None
    first, last = found["first"], found["last"]
    if not first and not last:
        return None
    if not first:
        begin, end = size - min(int(last), size), size
    else:
        begin, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < begin:
            return None
    if begin >= size:
        raise NoSuchPart
    return slice(begin, end)
