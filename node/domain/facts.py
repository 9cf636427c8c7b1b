"""What is known of communities when one asks where they touch: what they hold, about what, where; and how that is spread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from node.domain.mappings import Closure, Correspondence


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityFacts:
    """What is public about one community.

    `topics` gives for each topic (IRI) the things in its repertoire that carry it; `holdings` are the things it holds;
    `territories` are chains of places, the smallest first (see territory.py).
    """

    iri: str
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    holdings: frozenset[str] = frozenset()
    territories: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A topic as one community treats it: the words (concept IRIs) it uses for it, and the things that carry them.

    `word` is the one it uses most.
    """

    word: str
    words: tuple[str, ...]
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All communities together, and the index that makes comparing them quick.

    `people` gives for a pair of communities (sorted) how many people who agreed on both sides belong to both.
    `subjects` gives for a community its topics by cluster name; `carriers` for a cluster, `holders` for a thing, the communities.
    """

    communities: Mapping[str, CommunityFacts]
    mappings: tuple[Correspondence, ...]
    schemes: Mapping[str, str]
    people: Mapping[tuple[str, str], int]
    closure: Closure
    subjects: Mapping[str, Mapping[str, Subject]]
    carriers: Mapping[str, frozenset[str]]
    holders: Mapping[str, frozenset[str]]

    @classmethod
    def of(
        cls,
        communities: Iterable[CommunityFacts],
        mappings: Iterable[Correspondence] = (),
        schemes: Mapping[str, str] | None = None,
        people: Mapping[tuple[str, str], int] | None = None,
    ) -> Facts:
        """The facts, indexed; the same for everything given in any order."""
        known = {facts.iri: facts for facts in sorted(communities, key=lambda facts: facts.iri)}
        kept = tuple(sorted(mappings, key=lambda entry: entry.iri))
        closure = Closure.of(kept, schemes)
        subjects = {iri: _subjects(facts, closure) for iri, facts in known.items()}
        return cls(
            communities=known,
            mappings=kept,
            schemes=schemes or {},
            people={(min(pair), max(pair)): count for pair, count in (people or {}).items()},
            closure=closure,
            subjects=subjects,
            carriers=_turned(subjects),
            holders=_turned({iri: facts.holdings for iri, facts in known.items()}),
        )

    def without_mapping(self, iri: str) -> Facts:
        """The same facts as if a mapping had been withdrawn."""
        kept = (entry for entry in self.mappings if entry.iri != iri)
        return Facts.of(self.communities.values(), kept, self.schemes, self.people)


def _subjects(facts: CommunityFacts, closure: Closure) -> dict[str, Subject]:
    by_name: dict[str, list[str]] = {}
    for topic in sorted(facts.topics):
        if facts.topics[topic]:
            by_name.setdefault(closure.name(topic), []).append(topic)
    return {
        name: Subject(
            word=min(words, key=lambda word: (-len(facts.topics[word]), word)),
            words=tuple(words),
            things=tuple(sorted({thing for word in words for thing in facts.topics[word]})),
        )
        for name, words in by_name.items()
    }


def _turned(held: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for community, items in held.items():
        for item in items:
            found.setdefault(item, set()).add(community)
    return {item: frozenset(communities) for item, communities in found.items()}
