"""The outline of a notebook while it is arranged."""

from __future__ import annotations

import pytest

from node.domain.plans import Line, Plan, added, depths, lifted, lowered, may_nest, moved, nested, numbers, raised, removed


def plan(*words: str) -> Plan:
    """Lines by name, set in by their spaces; capitals are parts."""
    return tuple(
        Line(iri=name, title=name, depth=len(word) - len(name), is_part=name.isupper())
        for word in words
        for name in [word.strip()]
    )


def said(lines: Plan) -> list[str]:
    return [" " * line.depth + line.iri for line in lines]


START = plan("a", "P", " b", " c", "d", "Q", " e")


def test_a_line_goes_up_and_down_among_its_own_with_all_below_it() -> None:
    assert said(raised(START, 1)) == ["P", " b", " c", "a", "d", "Q", " e"]
    assert said(lowered(START, 0)) == ["P", " b", " c", "a", "d", "Q", " e"]
    assert said(raised(START, 3)) == ["a", "P", " c", " b", "d", "Q", " e"]
    assert raised(START, 0) == raised(START, 2) == lowered(START, 3) == lowered(START, 5) == START


def test_a_line_goes_into_the_part_before_it_and_out_again() -> None:
    assert [may_nest(START, place) for place in range(len(START))] == [False, False, False, False, True, False, False]
    into = nested(START, 4)
    assert said(into) == ["a", "P", " b", " c", " d", "Q", " e"]
    assert said(nested(into, 5)) == ["a", "P", " b", " c", " d", " Q", "  e"]
    assert said(lifted(into, 2)) == ["a", "P", " c", " d", "b", "Q", " e"]
    assert lifted(START, 0) == START


def test_what_stood_in_a_part_stays_when_the_part_goes() -> None:
    assert said(removed(START, 1)) == ["a", "b", "c", "d", "Q", " e"]
    assert said(removed(START, 0)) == ["P", " b", " c", "d", "Q", " e"]


def test_a_note_stands_in_an_outline_once() -> None:
    assert added(START, Line(iri="b")) == START
    assert said(added(START, Line(iri="z", depth=2)))[-1] == "z"
    assert said(added(START, Line(iri="", title="Neuve", is_part=True)))[-1] == ""


@pytest.mark.parametrize(
    ("places", "before", "then"),
    [
        ((0, 4), 7, ["P", " b", " c", "Q", " e", "a", "d"]),
        ((5,), 0, ["Q", " e", "a", "P", " b", " c", "d"]),
        ((0,), 3, ["P", " b", " a", " c", "d", "Q", " e"]),
        ((1, 2), 5, ["a", "d", "P", " b", " c", "Q", " e"]),
        ((1,), 2, ["a", "P", " b", " c", "d", "Q", " e"]),
    ],
)
def test_several_lines_move_together(places: tuple[int, ...], before: int, then: list[str]) -> None:
    assert said(moved(START, places, before)) == then


def test_numbers_count_within_parts_unless_titles_bring_theirs() -> None:
    assert numbers(START) == ("1", "2", "2.1", "2.2", "3", "4", "4.1")
    own = plan("Table", "5. Discussion", "5.2. Questions", "5.2.1. Une", "6.0. Fin")
    assert numbers(own) == ("",) * 5
    assert depths(own) == (0, 0, 1, 2, 0)
    assert depths(START) == (0, 0, 1, 1, 0, 0, 1)
