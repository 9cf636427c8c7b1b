"""Union-find: which things are the same when pairs of them are said to be."""

from __future__ import annotations

from collections.abc import Iterable


def clusters(pairs: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """The sets of things that the pairs join, directly or by a detour; the same, in the same order, for pairs in any order."""
    parent: dict[str, str] = {}

    def root(item: str) -> str:
        above = parent.setdefault(item, item)
        while above != parent[above]:
            parent[above] = parent[parent[above]]
            above = parent[above]
        parent[item] = above
        return above

    for left, right in pairs:
        first, second = sorted((root(left), root(right)))
        parent[second] = first
    found: dict[str, set[str]] = {}
    for item in parent:
        found.setdefault(root(item), set()).add(item)
    return sorted((frozenset(cluster) for cluster in found.values()), key=min)
