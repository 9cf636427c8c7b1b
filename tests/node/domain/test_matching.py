from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.domain.matching import best_pairs

WORTH = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz")), st.floats(0.001, 10, allow_subnormal=False), max_size=12
)


def total(worth: dict[tuple[str, str], float], pairs: list[tuple[str, str]]) -> float:
    return math.fsum(worth[pair] for pair in pairs)


def exhaustive(worth: dict[tuple[str, str], float]) -> float:
    rights = "vwxyz"
    return max(
        math.fsum(worth.get((left, right), 0.0) for left, right in zip("abcde", order, strict=True))
        for order in permutations(rights)
    )


def test_what_greed_would_miss_is_found() -> None:
    worth = {("a", "x"): 0.5, ("a", "y"): 0.49, ("b", "x"): 0.49}
    assert best_pairs(worth) == [("a", "y"), ("b", "x")]


def test_nobody_is_paired_with_nothing() -> None:
    assert best_pairs({("a", "x"): 1.0, ("b", "x"): 2.0, ("c", "x"): 0.5}) == [("b", "x")]
    assert best_pairs({}) == []


def test_the_same_name_may_stand_on_both_sides() -> None:
    assert best_pairs({("a", "a"): 1.0, ("a", "b"): 0.2, ("b", "a"): 0.3}) == [("a", "a")]


@given(worth=WORTH)
def test_no_other_pairing_is_worth_more(worth: dict[tuple[str, str], float]) -> None:
    pairs = best_pairs(worth)
    assert total(worth, pairs) == pytest.approx(exhaustive(worth))
    assert len({left for left, _ in pairs}) == len(pairs) == len({right for _, right in pairs})
