"""The best way to pair two sides one to one."""

from __future__ import annotations

import math
from collections.abc import Mapping

from node.domain.unions import clusters


def best_pairs(worth: Mapping[tuple[str, str], float]) -> list[tuple[str, str]]:
    """The one-to-one pairs whose worth adds up to most; `worth` holds, for (left, right), a number above 0.

    Each left and each right is in at most one pair. Greedy choice would not do: there, more worth for one pair could make
    the whole worth less.
    """
    edges: dict[str, list[tuple[str, str]]] = {}
    groups = clusters((f"<{left}", f">{right}") for left, right in worth)  # marked, since both sides may hold the same name
    group_of = {item: min(group) for group in groups for item in group}
    for left, right in sorted(worth):
        edges.setdefault(group_of[f"<{left}"], []).append((left, right))
    found: list[tuple[str, str]] = []
    for pairs in edges.values():
        found.extend(pairs if len(pairs) == 1 else _assigned({pair: worth[pair] for pair in pairs}))
    return sorted(found)


def _assigned(worth: Mapping[tuple[str, str], float]) -> list[tuple[str, str]]:
    """Kuhn's Hungarian method with potentials, on a square filled up with zeros."""
    rows = sorted({left for left, _ in worth})
    columns = sorted({right for _, right in worth})
    size = max(len(rows), len(columns))
    cost = [[0.0] * (size + 1) for _ in range(size + 1)]
    for (left, right), value in worth.items():
        cost[rows.index(left) + 1][columns.index(right) + 1] = -value
    row_of = [0] * (size + 1)
    price = ([0.0] * (size + 1), [0.0] * (size + 1))
    for row in range(1, size + 1):
        row_of[0] = row
        _augment(cost, row_of, price)
    pairs = ((row_of[column], column) for column in range(1, size + 1))
    return [(rows[row - 1], columns[column - 1]) for row, column in pairs if cost[row][column] < 0]


def _augment(cost: list[list[float]], row_of: list[int], price: tuple[list[float], list[float]]) -> None:
    size = len(row_of) - 1
    rows, columns = price
    slack, way, used = [math.inf] * (size + 1), [0] * (size + 1), [False] * (size + 1)
    here = 0
    while row_of[here]:
        used[here] = True
        for column in range(1, size + 1):
            reduced = cost[row_of[here]][column] - rows[row_of[here]] - columns[column]
            if not used[column] and reduced < slack[column]:
                slack[column], way[column] = reduced, here
        nearest = min((column for column in range(1, size + 1) if not used[column]), key=slack.__getitem__)
        step = slack[nearest]
        for column in range(size + 1):
            if used[column]:
                rows[row_of[column]] += step
                columns[column] -= step
            else:
                slack[column] -= step
        here = nearest
    while here:
        row_of[here] = row_of[way[here]]
        here = way[here]
