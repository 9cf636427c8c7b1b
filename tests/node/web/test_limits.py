"""Token buckets: a burst, then a rate, then a wait; few are remembered."""

from __future__ import annotations

from node.web.limits import Buckets


def test_a_burst_then_a_rate() -> None:
    buckets = Buckets(burst=3, rate=2.0, kept=10)
    assert [buckets.take("a", 0.0) for _ in range(3)] == [0, 0, 0]
    assert buckets.take("a", 0.0) == 0.5
    assert buckets.take("b", 0.0) == 0
    assert buckets.take("a", 0.5) == 0
    assert buckets.take("a", 0.5) > 0


def test_a_refusal_costs_nothing() -> None:
    buckets = Buckets(burst=1, rate=1.0, kept=10)
    buckets.take("a", 0.0)
    for _ in range(50):
        buckets.take("a", 0.5)
    assert buckets.take("a", 1.0) == 0


def test_a_clock_that_steps_back_gives_nothing() -> None:
    buckets = Buckets(burst=1, rate=1.0, kept=10)
    buckets.take("a", 100.0)
    assert buckets.take("a", 0.0) > 0


def test_the_longest_unused_is_forgotten() -> None:
    buckets = Buckets(burst=1, rate=0.001, kept=2)
    for name in ("a", "b", "c"):
        buckets.take(name, 0.0)
    assert len(buckets) == 2
    assert buckets.take("a", 0.0) == 0
    assert buckets.take("c", 0.0) > 0
