"""Where to put communities on a drawn map: around an ellipse, side by side by node, those that touch near one another."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 700
#: Labels are laid out for letters of this width and lines of this height, in the units of the box.
LETTER, LINE = 9.0, 20.0
#: The longest line of a label, in letters, and the most lines.
LABEL_LETTERS, LABEL_LINES = 22, 3
_RADIUS_X, _RADIUS_Y = 265.0, 270.0
_LABEL_GAP = 26.0
#: Between the communities of two nodes a place is left free as long as there are no more places than this.
_MOST_PLACES = 12
_MOST_ODD = 9
#: How often the order is looked through for a better one.
_ROUNDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A community to be placed: its IRI, its name, the node it lives on."""

    iri: str
    name: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A placed community. `anchor` is the SVG text-anchor of its label ("start" or "end").

    The label's lines begin at (`label_x`, `label_y`), the baseline of the first; `group` counts the nodes from 0.
    """

    iri: str
    x: float
    y: float
    group: int
    lines: tuple[str, ...]
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A drawn touch: from (x1, y1) to (x2, y2), bent towards (`bend_x`, `bend_y`), the control point of a quadratic curve."""

    left: str
    right: str
    strength: float
    x1: float
    y1: float
    bend_x: float
    bend_y: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A map in a box of 1000 × 700; `hosts` names the groups in the order of their numbers."""

    spots: tuple[Spot, ...]
    ties: tuple[Tie, ...]
    hosts: tuple[str, ...]


def drawn(dots: Iterable[Dot], touches: Iterable[tuple[str, str, float]]) -> Map:
    """The map of communities and of (left, right, strength) between them; the same for the same in any order.

    Up to twelve communities no label covers another or a spot. A touch with somebody who is not on the map is left out.
    """
    known = sorted(dots, key=lambda dot: (dot.host, dot.name, dot.iri))
    ours = {dot.iri for dot in known}
    edges = sorted((left, right, strength) for left, right, strength in touches if {left, right} <= ours)
    groups = [list(group) for _, group in itertools.groupby(known, key=lambda dot: dot.host)]
    places = _places(_arranged(groups, edges))
    hosts = tuple(sorted({dot.host for dot in known}))
    spots = tuple(_spot(dot, angle, hosts.index(dot.host)) for dot, angle in places)
    at = {spot.iri: spot for spot in spots}
    return Map(spots=spots, ties=tuple(_tie(at[left], at[right], strength) for left, right, strength in edges), hosts=hosts)


def _arranged(groups: list[list[Dot]], edges: Sequence[tuple[str, str, float]]) -> list[list[Dot]]:
    """Swaps groups, and communities within a group, as long as that makes the lines shorter."""
    best = _length(groups, edges)
    for _ in range(_ROUNDS):
        before = best
        for other in _swaps(groups):
            length = _length(other, edges)
            if length < best - 1e-9:
                groups, best = other, length
                break
        if best == before:
            break
    return groups


def _swaps(groups: list[list[Dot]]) -> Iterable[list[list[Dot]]]:
    for one, other in itertools.combinations(range(len(groups)), 2):
        swapped = list(groups)
        swapped[one], swapped[other] = groups[other], groups[one]
        yield swapped
    for number, group in enumerate(groups):
        for one, other in itertools.combinations(range(len(group)), 2):
            inner = list(group)
            inner[one], inner[other] = group[other], group[one]
            yield [*groups[:number], inner, *groups[number + 1 :]]


def _length(groups: list[list[Dot]], edges: Sequence[tuple[str, str, float]]) -> float:
    at = {dot.iri: _point(angle) for dot, angle in _places(groups)}
    return math.fsum(strength * math.dist(at[left], at[right]) for left, right, strength in edges)


def _places(groups: list[list[Dot]]) -> list[tuple[Dot, float]]:
    """Each community with its angle, clockwise from the top; half a step off it, so that labels go left or right."""
    count = sum(len(group) for group in groups)
    gap = 1 if len(groups) > 1 and count + len(groups) <= _MOST_PLACES else 0
    total = max(1, count + gap * len(groups))
    # An odd number puts one at the very bottom; among many, its label would run into the next one's.
    step = 2 * math.pi / (total + (total % 2 if total > _MOST_ODD else 0))
    found: list[tuple[Dot, float]] = []
    place = 0
    for group in groups:
        found.extend((dot, (place + index + 0.5) * step) for index, dot in enumerate(group))
        place += len(group) + gap
    return found


def _point(angle: float) -> tuple[float, float]:
    return (WIDTH / 2 + _RADIUS_X * math.sin(angle), HEIGHT / 2 - _RADIUS_Y * math.cos(angle))


def _spot(dot: Dot, angle: float, group: int) -> Spot:
    x, y = _point(angle)
    lines = wrapped(dot.name)
    is_right = x >= WIDTH / 2 - 1e-6
    return Spot(
        iri=dot.iri,
        x=round(x, 1),
        y=round(y, 1),
        group=group,
        lines=lines,
        label_x=round(x + (_LABEL_GAP if is_right else -_LABEL_GAP), 1),
        # Centred on the spot: a baseline lies some three quarters down its line.
        label_y=round(y - len(lines) * LINE / 2 + 0.75 * LINE, 1),
        anchor="start" if is_right else "end",
    )


def wrapped(name: str) -> tuple[str, ...]:
    """A name in up to three lines of up to 22 letters; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LABEL_LETTERS or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > LABEL_LINES:
        lines = [*lines[: LABEL_LINES - 1], " ".join(lines[LABEL_LINES - 1 :])]
    return tuple(line if len(line) <= LABEL_LETTERS else f"{line[: LABEL_LETTERS - 1].rstrip()}…" for line in lines)


def _tie(left: Spot, right: Spot, strength: float) -> Tie:
    # A third of the way from the middle of the straight line to the centre: lines that would lie on one another part.
    middle_x, middle_y = (left.x + right.x) / 2, (left.y + right.y) / 2
    return Tie(
        left=left.iri,
        right=right.iri,
        strength=strength,
        x1=left.x,
        y1=left.y,
        bend_x=round(middle_x + (WIDTH / 2 - middle_x) / 3, 1),
        bend_y=round(middle_y + (HEIGHT / 2 - middle_y) / 3, 1),
        x2=right.x,
        y2=right.y,
    )
