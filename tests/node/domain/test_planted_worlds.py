"""Twenty made-up worlds with known intersections in them: 40 communities, topics as unevenly spread as in life, 30 planted pairs.

What is planted are two to four rare topics that both sides take up. Method and sizes follow the vocabulary's decisions.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import combinations
from statistics import mean

import pytest

from node.domain.facts import CommunityFacts, Facts
from node.domain.intersections import touches
from node.domain.mappings import Correspondence

SEEDS = range(20)
COMMUNITIES, TOPICS, PLANTED = 40, 400, 30
#: Measured: 0.75 on average, 0.55 in the worst world; raw counts 0.07.
FLOOR, WORST = 0.65, 0.45

Pair = tuple[str, str]


def world(seed: int) -> tuple[list[dict[int, int]], set[tuple[int, int]]]:
    """For each community its topics with the number of resources that carry them; and the planted pairs."""
    chance = random.Random(seed)  # noqa: S311 - the same worlds every time
    popularity = [1 / (rank + 1) for rank in range(TOPICS)]
    communities: list[dict[int, int]] = []
    for _ in range(COMMUNITIES):
        topics: dict[int, int] = {}
        for _ in range(max(6, int(chance.lognormvariate(3.3, 0.7)))):
            for topic in set(chance.choices(range(TOPICS), weights=popularity, k=chance.randint(1, 3))):
                topics[topic] = topics.get(topic, 0) + 1
        communities.append(topics)
    planted = set(chance.sample(list(combinations(range(COMMUNITIES), 2)), PLANTED))
    for pair in sorted(planted):
        for topic in chance.sample(range(TOPICS // 4, TOPICS), chance.randint(2, 4)):
            for number in pair:
                communities[number][topic] = communities[number].get(topic, 0) + chance.randint(1, 3)
    return communities, planted


def name(number: int) -> str:
    return f"c{number:02}"


def facts(number: int, topics: Mapping[int, int], dialect: str = "") -> CommunityFacts:
    carried = {
        f"t{topic}{dialect}": tuple(f"{number}/{topic}/{each}" for each in range(count)) for topic, count in topics.items()
    }
    return CommunityFacts(iri=name(number), topics=carried)


def average_precision(scores: Mapping[Pair, float], planted: set[Pair]) -> float:
    order = sorted(scores, key=lambda pair: (-scores[pair], pair))
    ranks = [rank for rank, pair in enumerate(order, 1) if pair in planted]
    return sum(found / rank for found, rank in enumerate(ranks, 1)) / len(planted)


def judged(known: Facts, planted: set[Pair]) -> float:
    scores = dict.fromkeys(combinations(sorted(known.communities), 2), 0.0)
    scores |= {(found.left, found.right): found.strength for found in touches(known)}
    return average_precision(scores, planted)


def test_planted_intersections_come_first() -> None:
    ours, counted = [], []
    for seed in SEEDS:
        communities, pairs = world(seed)
        planted = {(name(left), name(right)) for left, right in pairs}
        ours.append(judged(Facts.of(facts(number, topics) for number, topics in enumerate(communities)), planted))
        raw = {
            (name(left), name(right)): float(len(communities[left].keys() & communities[right].keys()))
            for left, right in combinations(range(COMMUNITIES), 2)
        }
        counted.append(average_precision(raw, planted))
    print(f"average precision {mean(ours):.2f} (worst {min(ours):.2f}), raw count {mean(counted):.2f}; seeds {SEEDS}")  # noqa: T201
    assert mean(ours) >= FLOOR
    assert min(ours) >= WORST
    assert mean(ours) >= 5 * mean(counted)


@pytest.mark.parametrize("seed", [0, 1])
def test_communities_that_speak_otherwise_are_found_by_mappings(seed: int) -> None:
    """Every second community uses words of its own; only mappings tell that they mean the same."""
    communities, pairs = world(seed)
    planted = {(name(left), name(right)) for left, right in pairs}
    spoken = [facts(number, topics, "'" if number % 2 else "") for number, topics in enumerate(communities)]
    mappings = [
        Correspondence(iri=f"m{topic}", subject=f"t{topic}", relation="exactMatch", object=f"t{topic}'")
        for topic in range(TOPICS)
    ]
    print(f"seed {seed}")  # noqa: T201
    assert judged(Facts.of(spoken, mappings), planted) >= WORST
    assert judged(Facts.of(spoken), planted) < judged(Facts.of(spoken, mappings), planted)
