from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from node.domain.map import HEIGHT, LABEL_LETTERS, LETTER, LINE, WIDTH, Dot, Map, Spot, drawn, wrapped

Box = tuple[float, float, float, float]
LONG = "Communauté de pratique en habitation communautaire du Saguenay–Lac-Saint-Jean"


def around(x: float, y: float, radius: float) -> Box:
    return (x - radius, y - radius, x + radius, y + radius)


def label(spot: Spot) -> Box:
    width = max(len(line) for line in spot.lines) * LETTER
    left = spot.label_x if spot.anchor == "start" else spot.label_x - width
    top = spot.label_y - 0.75 * LINE
    return (left, top, left + width, top + len(spot.lines) * LINE)


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def is_inside(box: Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT


def ring(count: int, hosts: int) -> list[Dot]:
    return [Dot(iri=f"c{number}", name=LONG, host=f"{number % hosts}.example") for number in range(count)]


@pytest.mark.parametrize("count", range(1, 13))
@pytest.mark.parametrize("hosts", [1, 2, 3, 5, 12])
def test_up_to_twelve_nothing_covers_anything(count: int, hosts: int) -> None:
    spots = drawn(ring(count, hosts), []).spots
    assert len(spots) == count
    for spot in spots:
        assert is_inside(label(spot))
        assert not any(overlap(label(spot), around(other.x, other.y, 18)) for other in spots)
    for one, other in combinations(spots, 2):
        assert not overlap(label(one), label(other))
        assert not overlap(around(one.x, one.y, 18), around(other.x, other.y, 18))


def test_an_empty_map_is_empty() -> None:
    assert drawn([], []) == Map(spots=(), ties=(), hosts=())


def test_communities_of_a_node_stand_side_by_side() -> None:
    found = drawn(ring(9, 3), [("c0", "c1", 1.0), ("c3", "c4", 0.5)])
    groups = [spot.group for spot in found.spots]
    assert sum(one != other for one, other in pairwise(groups)) == 2
    assert found.hosts == ("0.example", "1.example", "2.example")


def test_those_that_touch_come_near_one_another() -> None:
    dots = [Dot(iri=iri, name=iri, host="1" if iri < "m" else "2") for iri in "abcxyz"]
    far = [("a", "z", 1.0), ("c", "x", 1.0), ("a", "y", 0.2)]
    spots = {spot.iri: spot for spot in drawn(dots, far).spots}

    def apart(one: str, other: str) -> float:
        return abs(spots[one].x - spots[other].x) + abs(spots[one].y - spots[other].y)

    assert apart("a", "z") <= apart("a", "x")
    assert apart("c", "x") <= apart("c", "z")


def test_lines_join_what_is_on_the_map() -> None:
    found = drawn(ring(4, 2), [("c0", "c1", 0.4), ("c0", "elsewhere", 0.9)])
    [tie] = found.ties
    spots = {spot.iri: spot for spot in found.spots}
    assert ((tie.x1, tie.y1), (tie.x2, tie.y2)) == ((spots["c0"].x, spots["c0"].y), (spots["c1"].x, spots["c1"].y))
    assert (tie.left, tie.right, tie.strength) == ("c0", "c1", 0.4)
    assert 0 < tie.bend_x < WIDTH
    assert 0 < tie.bend_y < HEIGHT


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Habitation", ("Habitation",)),
        ("", ("",)),
        ("Économie sociale et municipalités", ("Économie sociale et", "municipalités")),
        (LONG, ("Communauté de pratique", "en habitation", "communautaire du Sagu…")),
        ("Anticonstitutionnellement parlant", ("Anticonstitutionnelle…", "parlant")),
    ],
)
def test_names_are_wrapped(name: str, expected: tuple[str, ...]) -> None:
    assert wrapped(name) == expected
    assert all(len(line) <= LABEL_LETTERS for line in expected)


@settings(max_examples=30, deadline=None)
@given(
    hosts=st.lists(st.sampled_from("xyz"), max_size=14),
    pairs=st.lists(
        st.tuples(st.integers(0, 13), st.integers(0, 13), st.floats(0, 1)), max_size=12, unique_by=lambda tie: tie[:2]
    ),
    chance=st.randoms(),
)
def test_the_same_map_for_any_order(hosts: list[str], pairs: list[tuple[int, int, float]], chance: random.Random) -> None:
    dots = [Dot(iri=f"c{number}", name=f"Communauté {number}", host=host) for number, host in enumerate(hosts)]
    ties = [(f"c{one}", f"c{other}", strength) for one, other, strength in pairs]
    found = drawn(dots, ties)
    chance.shuffle(dots)
    chance.shuffle(ties)
    assert drawn(dots, ties) == found
    assert len({(spot.x, spot.y) for spot in found.spots}) == len(dots)
