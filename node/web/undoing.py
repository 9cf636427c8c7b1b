"""What would make an intersection vanish, in sentences."""

from __future__ import annotations

from node.storage.shelves.intersections import IntersectionRow
from node.web.desk import Desk


def vanishing(desk: Desk, row: IntersectionRow) -> list[str]:
    """The smallest changes after which two communities would touch no more, each in a sentence."""
    del desk, row
    return []
