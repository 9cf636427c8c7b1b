from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from node.domain.unions import clusters

PAIRS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")))


def test_pairs_join_directly_and_by_a_detour() -> None:
    assert clusters([("d", "c"), ("a", "b"), ("c", "e")]) == [{"a", "b"}, {"c", "d", "e"}]
    assert clusters([]) == []
    assert clusters([("a", "a")]) == [{"a"}]


@given(pairs=PAIRS, chance=st.randoms())
def test_order_does_not_matter_and_every_pair_is_joined(pairs: list[tuple[str, str]], chance: random.Random) -> None:
    found = clusters(pairs)
    shuffled = [pair if index % 2 else pair[::-1] for index, pair in enumerate(pairs)]
    chance.shuffle(shuffled)
    assert clusters(shuffled) == found
    assert all(any({left, right} <= cluster for cluster in found) for left, right in pairs)
    assert sum(len(cluster) for cluster in found) == len({item for pair in pairs for item in pair})
