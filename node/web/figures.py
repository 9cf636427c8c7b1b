"""The map of communities and intersections as a drawing: places, lines and words, ready to be written as SVG."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from node.domain.map import Dot, drawn
from node.web.cards import CommunityCard
from node.web.crossings import Crossing
from node.web.desk import Desk
from node.web.wording import number, strength_words

#: Sizes in the units of the drawing: a column holds one organisation, a step one community in it.
COLUMN, STEP, MARGIN, NAME, GAP = 262, 82, 16, 58, 16
#: The dot, how far it stands from the edge, its name beside it: letters in a line, lines, their height.
RADIUS, INSET, LINE_LENGTH, LINES, LETTER, NAME_LENGTH = 13, 28, 17, 3, 21, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A community on the map; its name begins at (`text_x`, `text_y`), the baseline of its first line."""

    iri: str
    href: str
    name: str
    words: tuple[str, ...]
    x: float
    y: float
    radius: int
    text_x: float
    text_y: float
    is_home: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """An intersection on the map: the path of its line and how thick it is."""

    href: str
    label: str
    path: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An organisation on the map: the ground on which its communities stand; `words` are the lines of its name."""

    words: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    text_x: float
    is_home: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All of it, with a title and a description in words."""

    width: float
    height: float
    title: str
    description: str
    groups: tuple[Group, ...]
    ties: tuple[Tie, ...]
    spots: tuple[Spot, ...]


def drawing(desk: Desk, communities: Sequence[CommunityCard], crossings: Sequence[Crossing]) -> Drawing:
    """The map of these communities, each organisation on its ground, joined by these intersections."""
    houses = _houses(communities, crossings)
    width = min(max(len(houses), 1), 2) * (COLUMN + GAP) - GAP + 2 * MARGIN
    groups: list[Group] = []
    spots: list[Spot] = []
    top = float(MARGIN)
    for row in _rows(houses):
        left = (width - len(row) * (COLUMN + GAP) + GAP) / 2
        for column, members in enumerate(row):
            group = _group(members, left + column * (COLUMN + GAP), top)
            groups.append(group)
            spots.extend(_spot(item, group, place) for place, item in enumerate(members))
        top += max(len(members) for members in row) * STEP + NAME + 3 * GAP
    return Drawing(
        width=width,
        height=top - 2 * GAP,
        title=desk.tongue.say("Carte des communautés et de leurs intersections"),
        description=desk.tongue.say(
            "%(communities)s communautés, %(links)s intersections\u00a0; le trait est plus large quand le lien est plus fort.",
            communities=len(spots),
            links=len(crossings),
        ),
        groups=tuple(groups),
        ties=tuple(_ties(desk, {spot.iri: spot for spot in spots}, crossings)),
        spots=tuple(spots),
    )


def _houses(communities: Sequence[CommunityCard], crossings: Sequence[Crossing]) -> list[list[CommunityCard]]:
    """Communities by organisation, ours first, the others in the order in which their lines are short."""
    touches = [(*found.ends, found.strength) for found in crossings]
    placed = drawn([Dot(iri=item.iri, name=item.name, host=item.host or " ") for item in communities], touches)
    by_iri = {item.iri: item for item in communities}
    houses: dict[str, list[CommunityCard]] = {}
    for spot in sorted(placed.spots, key=lambda spot: spot.group):
        item = by_iri[spot.iri]
        houses.setdefault(item.host, []).append(item)
    return list(houses.values())


def _rows(houses: list[list[CommunityCard]]) -> list[list[list[CommunityCard]]]:
    """One organisation above, two below, two below, …: on a phone the names stay readable."""
    rows: list[list[list[CommunityCard]]] = []
    rest = list(houses)
    if len(rest) % 2:
        rows.append([rest.pop(0)])
    while rest:
        rows.append([rest.pop(0), rest.pop(0)])
    return rows


def _group(members: Sequence[CommunityCard], left: float, top: float) -> Group:
    return Group(
        words=tuple(textwrap.wrap(members[0].organisation, NAME_LENGTH, max_lines=2, placeholder="…")),
        x=round(left, 1),
        y=round(top, 1),
        width=COLUMN,
        height=len(members) * STEP + NAME,
        text_x=round(left + INSET + RADIUS + 11, 1),
        is_home=not members[0].host,
    )


def _spot(item: CommunityCard, group: Group, place: int) -> Spot:
    lines = textwrap.wrap(item.name, LINE_LENGTH, max_lines=LINES, placeholder="…", break_long_words=True)
    # Every other dot stands to the side, so that a line from one does not run through the next.
    x, y = group.x + INSET + place % 2 * 2 * RADIUS, group.y + NAME + place * STEP + STEP / 2 - 4
    return Spot(
        iri=item.iri,
        href=item.href,
        name=item.name,
        words=tuple(lines),
        x=round(x, 1),
        y=round(y, 1),
        radius=RADIUS,
        text_x=round(x + RADIUS + 11, 1),
        text_y=round(y + 6 - (len(lines) - 1) * LETTER / 2, 1),
        is_home=not item.host,
    )


def _ties(desk: Desk, spots: Mapping[str, Spot], crossings: Sequence[Crossing]) -> list[Tie]:
    found = []
    for crossing in sorted(crossings, key=lambda item: item.strength):
        left, right = (spots.get(end) for end in crossing.ends)
        if left is None or right is None:
            continue
        label = desk.tongue.say(
            "%(left)s et %(right)s : %(words)s (%(strength)s)",
            left=left.name,
            right=right.name,
            words=strength_words(crossing.strength, desk.tongue).lower(),
            strength=number(crossing.strength, desk.tongue),
        )
        found.append(Tie(href=crossing.href, label=label, path=_path(left, right), width=round(3 + 13 * crossing.strength, 1)))
    return found


def _path(left: Spot, right: Spot) -> str:
    """A line that leaves and arrives upright and crosses over between the organisations, where there are no names."""
    first, last = sorted((left, right), key=lambda spot: (spot.y, spot.x))
    fall = last.y - first.y
    start, end = first.y + 0.35 * fall, first.y + 0.1 * fall
    if fall < STEP:
        start = end = first.y + 0.8 * STEP
    return f"M{first.x} {first.y}C{first.x} {round(start, 1)} {last.x} {round(end, 1)} {last.x} {last.y}"
