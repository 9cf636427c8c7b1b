"""What accepted mappings between terms amount to: which concepts count as one, which are near, and by whose word.

Spec: SKOS §10.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from node.domain.unions import clusters

EXACT = "exactMatch"
CLOSE = "closeMatch"

#: How much alike two concepts are that one mapping joins, before its confidence. The same concept counts 1.
LIKENESS: Mapping[str, float] = {CLOSE: 0.7, "broadMatch": 0.4, "narrowMatch": 0.4, "relatedMatch": 0.2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """One accepted mapping: its own IRI, two concepts, a relation of LIKENESS or exactMatch, a confidence from 0 to 1."""

    iri: str
    subject: str
    relation: str
    object: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How alike two different concepts are (0 to 1), and the mapping that says so."""

    likeness: float
    mapping: Correspondence


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Mappings that together would make one of two concepts of the same scheme: shown to people, not used as identity.

    `concepts` are those of `scheme` that would become one; `mappings` all those of the cluster.
    """

    scheme: str
    concepts: tuple[str, ...]
    mappings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What a set of accepted mappings amounts to.

    `names` gives for a concept the IRI that stands for its cluster; `links` for a concept its (neighbour, mapping) pairs inside
    the cluster; `hops` for a cluster the clusters one mapping away.
    """

    names: Mapping[str, str]
    links: Mapping[str, tuple[tuple[str, str], ...]]
    hops: Mapping[str, Mapping[str, Tie]]
    clashes: tuple[Clash, ...]

    @classmethod
    def of(cls, mappings: Iterable[Correspondence], schemes: Mapping[str, str] | None = None) -> Closure:
        """The closure of mappings in any order; `schemes` gives the scheme of each concept that has one.

        exactMatch is transitive and symmetric, unless a cluster would hold two concepts of one scheme: somebody is mistaken and
        nobody knows who, so every exactMatch of that cluster counts for its own two concepts only, as a closeMatch does.
        Every other relation is one hop, never two, worth its LIKENESS × confidence; of several between the same
        two the strongest counts.
        """
        known = sorted((entry for entry in mappings if entry.subject != entry.object), key=lambda entry: entry.iri)
        exact = [entry for entry in known if entry.relation == EXACT]
        sound, clashes = _judged(exact, schemes or {})
        names: dict[str, str] = {}
        for cluster in sound:
            names.update(dict.fromkeys(cluster, min(cluster)))
        links: dict[str, list[tuple[str, str]]] = {}
        for entry in exact:
            if entry.subject in names:
                links.setdefault(entry.subject, []).append((entry.object, entry.iri))
                links.setdefault(entry.object, []).append((entry.subject, entry.iri))
        hops: dict[str, dict[str, Tie]] = {}
        for entry in known:
            left, right = names.get(entry.subject, entry.subject), names.get(entry.object, entry.object)
            if left != right:
                _add_hop(hops, left, right, entry)
        sorted_links = {concept: tuple(sorted(pairs)) for concept, pairs in links.items()}
        return cls(names=names, links=sorted_links, hops=hops, clashes=clashes)

    def name(self, concept: str) -> str:
        """The IRI that stands for all that is the same as a concept."""
        return self.names.get(concept, concept)

    def near(self, name: str) -> Mapping[str, Tie]:
        """The clusters one mapping away from a cluster, with what ties them."""
        return self.hops.get(name, {})

    def justification(self, concepts: Iterable[str]) -> tuple[str, ...]:
        """The mappings by which concepts of one cluster are the same: the shortest ways from the first to each of the others."""
        first, *others = sorted(set(concepts))
        came_by: dict[str, tuple[str, str]] = {}
        waiting = deque([first])
        while waiting:
            here = waiting.popleft()
            for there, mapping in self.links.get(here, ()):
                if there != first and there not in came_by:
                    came_by[there] = (here, mapping)
                    waiting.append(there)
        found: set[str] = set()
        for concept in others:
            while concept != first:
                concept, mapping = came_by[concept]  # noqa: PLW2901 - the way back, step by step
                found.add(mapping)
        return tuple(sorted(found))


def _judged(exact: list[Correspondence], schemes: Mapping[str, str]) -> tuple[list[frozenset[str]], tuple[Clash, ...]]:
    sound: list[frozenset[str]] = []
    clashes: list[Clash] = []
    for cluster in clusters((entry.subject, entry.object) for entry in exact):
        by_scheme: dict[str, list[str]] = {}
        for concept in sorted(cluster):
            if concept in schemes:
                by_scheme.setdefault(schemes[concept], []).append(concept)
        doubled = sorted((scheme, tuple(concepts)) for scheme, concepts in by_scheme.items() if len(concepts) > 1)
        if not doubled:
            sound.append(cluster)
        words = tuple(entry.iri for entry in exact if entry.subject in cluster)
        clashes.extend(Clash(scheme=scheme, concepts=concepts, mappings=words) for scheme, concepts in doubled)
    return sound, tuple(clashes)


def _add_hop(hops: dict[str, dict[str, Tie]], left: str, right: str, entry: Correspondence) -> None:
    likeness = LIKENESS.get(CLOSE if entry.relation == EXACT else entry.relation, 0.0) * min(max(entry.confidence, 0.0), 1.0)
    already = hops.get(left, {}).get(right)
    if likeness > (already.likeness if already else 0.0):
        tie = Tie(likeness=likeness, mapping=entry)
        hops.setdefault(left, {})[right] = tie
        hops.setdefault(right, {})[left] = tie
