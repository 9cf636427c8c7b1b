"""Territories: what lies in what, and how near to one another two communities work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    """Places by what they are the same as; `parents` holds for each place (by its chosen IRI) the places it lies directly in."""

    names: Mapping[str, str]
    parents: Mapping[str, tuple[str, ...]]
    wide: frozenset[str]

    @classmethod
    def of(cls, locations: Iterable[Location]) -> Gazetteer:
        """The same gazetteer for the same places in any order."""
        known = sorted(locations, key=lambda place: place.iri)
        ours = {place.iri for place in known}
        names: dict[str, str] = {}
        for cluster in clusters((place.iri, other) for place in known for other in place.same_as):
            # One of ours speaks for the cluster, so that it can be named and opened here.
            chosen = min(cluster, key=lambda iri: (iri not in ours, iri))
            names.update(dict.fromkeys(cluster, chosen))
        parents: dict[str, set[str]] = {}
        wide = {names.get(iri, iri) for iri in WIDE_PLACES}
        for place in known:
            iri = names.get(place.iri, place.iri)
            parents.setdefault(iri, set()).update(names.get(up, up) for up in place.part_of)
            if place.level in WIDE_LEVELS:
                wide.add(iri)
        inside = {iri: tuple(sorted(up - {iri})) for iri, up in parents.items()}
        return cls(names=names, parents=inside, wide=frozenset(wide))

    def chain(self, iri: str) -> tuple[str, ...]:
        """A place and what it lies in, the smallest first, up to the largest that still says something.

        The province and the country are left out, and what lies above them. Of several containers the one with the longest chain
        is followed, then the first by IRI; a place that lies in itself by a detour is walked once.
        """
        return self._chain(self.names.get(iri, iri), frozenset())

    def _chain(self, place: str, seen: frozenset[str]) -> tuple[str, ...]:
        if place in self.wide or place in seen:
            return ()
        above = [self._chain(parent, seen | {place}) for parent in self.parents.get(place, ())]
        return (place, *max(above, key=len, default=()))


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
    common = [place for place in left if place in right]
    if not common:
        return None
    place = common[0]
    depth = min(len(left) - left.index(place), len(right) - right.index(place))
    return Nearness(place=place, depth=depth, deepest=max(len(left), len(right)))


def nearest(left: Iterable[tuple[str, ...]], right: Iterable[tuple[str, ...]]) -> Nearness | None:
    """The nearest of all pairs, for communities with several territories; of equals the deeper, then the first by IRI."""
    others = tuple(right)
    found = [near for one in left for other in others if (near := nearness(one, other))]
    return min(found, key=lambda near: (-near.strength, -near.depth, near.place), default=None)
