"""Territories: what lies in what, and how near to one another two communities work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from node.domain.unions import clusters

_LEVELS = "https://w3id.org/cdp/territoires/"
_WIKIDATA = "http://www.wikidata.org/entity/"

#: Levels so wide that sharing them says nothing.
WIDE_LEVELS = frozenset({_LEVELS + "province", _LEVELS + "pays"})
#: Places so wide, by the addresses that the whole web knows them by: Québec and Canada.
WIDE_PLACES = frozenset({_WIKIDATA + "Q176", _WIKIDATA + "Q16"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """What is known of a place, all by IRI: what it lies in, what it is the same as, its level (a concept) if said."""

    iri: str
    part_of: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Places by what they are the same as.

    `names` gives for a place the IRI that stands for all that is the same; `containers` for such an IRI the place it lies in.
    """

    names: Mapping[str, str]
    containers: Mapping[str, str]
    wide: frozenset[str]

    @classmethod
    def of(cls, locations: Iterable[Location]) -> Gazetteer:
        """The same gazetteer for the same places in any order.

        Places that lie in one another are the same place. Of several containers the one with the longest chain above it counts,
        then the first by IRI.
        """
        known = sorted(locations, key=lambda place: place.iri)
        names, wide, inside = _untangled(known)
        depth: dict[str, int] = {}
        containers: dict[str, str] = {}
        # The largest come first: what a place lies in is settled before the place itself.
        for place in TopologicalSorter(inside).static_order():
            above = inside.get(place, ())
            if above:
                containers[place] = min(above, key=lambda up: (-depth[up], up))
            depth[place] = 1 + max((depth[up] for up in above), default=0)
        return cls(names=names, containers=containers, wide=wide)

    def chain(self, iri: str) -> tuple[str, ...]:
        """A place and what it lies in, the smallest first, up to the largest that still says something.

        The province and the country are left out, and what lies above them.
        """
        place: str | None = self.names.get(iri, iri)
        found: list[str] = []
        while place is not None and place not in self.wide:
            found.append(place)
            place = self.containers.get(place)
        return tuple(found)


def _untangled(known: list[Location]) -> tuple[dict[str, str], frozenset[str], dict[str, set[str]]]:
    """The names, the wide places, and what lies directly in what, without loops: a loop is one place under several names."""
    same = [(place.iri, other) for place in known for other in place.same_as]
    while True:
        names = _names(known, same)
        wide = _wide(known, names)
        inside = _inside(known, names, wide)
        try:
            TopologicalSorter(inside).prepare()
        except CycleError as problem:
            same.extend(pairwise(problem.args[1]))
        else:
            return names, wide, inside


def _names(known: list[Location], same: list[tuple[str, str]]) -> dict[str, str]:
    ours = {place.iri for place in known}
    names: dict[str, str] = {}
    for cluster in clusters(same):
        # One of ours speaks for the cluster, so that it can be named and opened here.
        names.update(dict.fromkeys(cluster, min(cluster, key=lambda iri: (iri not in ours, iri))))
    return names


def _wide(known: list[Location], names: Mapping[str, str]) -> frozenset[str]:
    by_level = {place.iri for place in known if place.level in WIDE_LEVELS}
    return frozenset(names.get(iri, iri) for iri in WIDE_PLACES | by_level)


def _inside(known: list[Location], names: Mapping[str, str], wide: frozenset[str]) -> dict[str, set[str]]:
    """What each place lies directly in, wide places left out."""
    inside: dict[str, set[str]] = {}
    for place in known:
        iri = names.get(place.iri, place.iri)
        inside.setdefault(iri, set()).update({names.get(up, up) for up in place.part_of} - wide - {iri})
    return inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near two chains are: the smallest place that holds both, its depth from the top, the depth of the deeper of the two."""

    place: str
    depth: int
    deepest: int

    @property
    def strength(self) -> float:
        """From 0 to 1: 1 for the same place, else the share of the deeper chain that both have in common."""
        return self.depth / self.deepest


def nearness(left: tuple[str, ...], right: tuple[str, ...]) -> Nearness | None:
    """How near two territories are, given as chains (the smallest place first); None when nothing holds both."""
    place = next((place for place in left if place in right), None)
    if place is None:
        return None
    # From a common place upwards both chains are the same.
    return Nearness(place=place, depth=len(left) - left.index(place), deepest=max(len(left), len(right)))


def nearest(left: Iterable[tuple[str, ...]], right: Iterable[tuple[str, ...]]) -> Nearness | None:
    """The nearest of all pairs, for communities with several territories; of equals the deeper, then the first by IRI."""
    others = tuple(right)
    found = [near for one in left for other in others if (near := nearness(one, other))]
    return min(found, key=lambda near: (-near.strength, -near.depth, near.place), default=None)
