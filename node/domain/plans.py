"""The outline of a notebook while somebody arranges it: lines with a depth, a line and all below it moving as one.

Only a part, a notebook within the notebook, has lines below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

#: A part of a part of a part: deeper nobody finds their way.
DEEPEST = 3
#: Longer outlines are several notebooks.
MOST = 500

_OWN_NUMBER = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,3}){0,5})\.?(?=\s|$)")
#: This share of titles that bring their number along makes any other number superfluous.
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A note, or a part when `is_part`. A part that is not there yet has no IRI, and a title of its own."""

    iri: str
    title: str = ""
    depth: int = 0
    is_part: bool = False


Plan = tuple[Line, ...]


def end_of(plan: Plan, place: int) -> int:
    """Where what stands below the line at `place` ends."""
    below = (at for at in range(place + 1, len(plan)) if plan[at].depth <= plan[place].depth)
    return next(below, len(plan))


def parent_of(plan: Plan, place: int) -> int | None:
    """The part in which a line stands."""
    return next((at for at in range(place - 1, -1, -1) if plan[at].depth < plan[place].depth), None)


def before_of(plan: Plan, place: int) -> int | None:
    """The line before it in the same part."""
    for at in range(place - 1, -1, -1):
        if plan[at].depth <= plan[place].depth:
            return at if plan[at].depth == plan[place].depth else None
    return None


def raised(plan: Plan, place: int) -> Plan:
    """The line one place further up among those of its part."""
    before = before_of(plan, place)
    if before is None:
        return plan
    end = end_of(plan, place)
    return (*plan[:before], *plan[place:end], *plan[before:place], *plan[end:])


def lowered(plan: Plan, place: int) -> Plan:
    """The line one place further down."""
    after = end_of(plan, place)
    is_last = after >= len(plan) or plan[after].depth < plan[place].depth
    return plan if is_last else raised(plan, after)


def may_nest(plan: Plan, place: int) -> bool:
    """Whether a line can go into the part before it."""
    before = before_of(plan, place)
    deepest = max(line.depth for line in plan[place : end_of(plan, place)])
    return before is not None and plan[before].is_part and deepest < DEEPEST


def nested(plan: Plan, place: int) -> Plan:
    """The line at the end of the part before it."""
    return _deeper(plan, place, 1) if may_nest(plan, place) else plan


def lifted(plan: Plan, place: int) -> Plan:
    """The line out of its part, behind it."""
    parent = parent_of(plan, place)
    if parent is None:
        return plan
    end, after = end_of(plan, place), end_of(plan, parent)
    block = (replace(line, depth=line.depth - 1) for line in plan[place:end])
    return (*plan[:place], *plan[end:after], *block, *plan[after:])


def removed(plan: Plan, place: int) -> Plan:
    """The outline without a line; what stood below it takes its place."""
    end = end_of(plan, place)
    below = (replace(line, depth=line.depth - 1) for line in plan[place + 1 : end])
    return (*plan[:place], *below, *plan[end:])


def added(plan: Plan, line: Line) -> Plan:
    """The outline with a line at its end; one that stands there already, or one too many, changes nothing."""
    is_there = bool(line.iri) and any(known.iri == line.iri for known in plan)
    return plan if is_there or len(plan) >= MOST else (*plan, replace(line, depth=0))


def moved(plan: Plan, places: Iterable[int], before: int) -> Plan:
    """The lines at these places, with what stands below them, together before another line; at the end for one beyond it."""
    chosen = sorted({place for place in places if 0 <= place < len(plan)})
    inside: set[int] = set()
    blocks: list[Line] = []
    depth = plan[before].depth if before < len(plan) else 0
    for place in chosen:
        if place in inside:
            continue
        end = end_of(plan, place)
        inside |= set(range(place, end))
        blocks += [replace(line, depth=line.depth - plan[place].depth + depth) for line in plan[place:end]]
    if before in inside or any(line.depth > DEEPEST for line in blocks):
        return plan
    head = [line for at, line in enumerate(plan) if at < before and at not in inside]
    tail = [line for at, line in enumerate(plan) if at >= before and at not in inside]
    return (*head, *blocks, *tail)


def numbers(plan: Plan) -> tuple[str, ...]:
    """The number of each line, 2.1 for the first of the second part; none where the titles bring theirs along."""
    if brings_numbers([line.title for line in plan]):
        return ("",) * len(plan)
    counts: list[int] = []
    found = []
    for line in plan:
        counts = [*counts[: line.depth + 1], *[0] * (line.depth + 1 - len(counts))]
        counts[line.depth] += 1
        found.append(".".join(str(count) for count in counts))
    return tuple(found)


def brings_numbers(titles: Sequence[str]) -> bool:
    """Whether most of these titles begin with a number."""
    return bool(titles) and sum(own_depth(title) is not None for title in titles) > _MOSTLY * len(titles)


def own_depth(title: str) -> int | None:
    """How deep the number goes with which a title begins: 0 for « 5. Discussion », 2 for « 5.2.1. »; None without one."""
    found = _OWN_NUMBER.match(title)
    return found[1].removesuffix(".0").count(".") if found else None


def depths(plan: Plan) -> tuple[int, ...]:
    """How far each line is set in: as deep as it stands, or as the numbers say that the titles bring along."""
    if not brings_numbers([line.title for line in plan]):
        return tuple(line.depth for line in plan)
    return tuple(line.depth + (own_depth(line.title) or 0) for line in plan)


def _deeper(plan: Plan, place: int, by: int) -> Plan:
    end = end_of(plan, place)
    return (*plan[:place], *(replace(line, depth=line.depth + by) for line in plan[place:end]), *plan[end:])
