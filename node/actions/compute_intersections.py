"""Finds where communities touch, from what is public alone, and keeps each intersection with its evidence.

Of people only a number is taken, and only of those who agreed; see domain/bases.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from node.contracts import House
from node.domain.bases import BasisKind
from node.domain.explanation import Explanation, explain
from node.domain.facts import CommunityFacts, Facts
from node.domain.intersections import Phase, Touch, touching
from node.domain.mappings import Correspondence
from node.domain.telling import Frame, composed, intersection_iri
from node.domain.territory import Gazetteer, Location
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import NotFound
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.intersections import IntersectionRow
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import concepts, jsonld
from vocab.errors import VocabError
from vocab.thing import Thing
from vocab.things.concept import Concept
from vocab.things.intersection import Intersection
from vocab.things.object import Object
from vocab.things.place import Place
from vocab.values import Text

#: Kinds of things that are about other things: no resources that two communities could have in common.
_ABOUT_OTHERS = frozenset({"Concept", "ConceptScheme", "Intersection", "Mapping", "Membership", "Place"})
#: So many things of a community count, the newest first; and so many places.
_MOST_HELD = 5000
_MOST_PLACES = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What a computation found: the IRIs of all intersections, and those that are not as they are kept."""

    iris: frozenset[str]
    changed: Sequence[IntersectionRow]


def compute_intersections(uow: UnitOfWork, house: House) -> int:
    """Computes all intersections of the communities here and puts them in the place of what was there; how many there are."""
    found = computed_intersections(uow, house)
    keep_intersections(uow, found)
    return len(found.iris)


def computed_intersections(uow: UnitOfWork, house: House) -> Computed:
    """The intersections as they are now; changes nothing.

    One that is as it was before keeps its document, byte for byte, and is let go of at once: a thousand are not held together.
    """
    known = _known_communities(uow)
    facts = _facts(uow, house, known)
    labels = _Labels(uow, known)
    ours = [row.iri for row in known if row.is_local]
    iris: set[str] = set()
    changed: list[IntersectionRow] = []
    for found in touching(facts, ours):
        iri = intersection_iri(house.url, found.left, found.right)
        before = uow.intersections.get(iri)
        row = _row(house, iri, found, before, labels)
        iris.add(iri)
        if row != before:
            changed.append(row)
    return Computed(iris=frozenset(iris), changed=changed)


def keep_intersections(uow: UnitOfWork, found: Computed) -> None:
    """Keeps what was computed; writes nothing when nothing changed."""
    uow.intersections.replace_all(found.changed, besides=found.iris)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why two communities touch, and what the things are called that it speaks of."""

    explanation: Explanation
    labels: Mapping[str, Text]


def reasons_of(uow: UnitOfWork, house: House, iri: str) -> Reasons:
    """Why an intersection is there, by the evidence of this moment; raises NotFound when it is not, or no longer."""
    row = uow.intersections.get(iri)
    known = _known_communities(uow)
    names = {each.iri for each in known}
    if row is None or not {row.left, row.right} <= names:
        raise NotFound
    explanation = explain(_facts(uow, house, known), row.left, row.right)
    if explanation is None:
        raise NotFound("These two communities do not touch any more.")
    return Reasons(explanation=explanation, labels=_Labels(uow, known).of(explanation.touch))


def _known_communities(uow: UnitOfWork) -> list[ActorRow]:
    groups = (row for row in uow.actors.known("Group") if row.state == "active")
    return [row for row in groups if row.is_local or not uow.peers.is_blocked(row.host)]


def _facts(uow: UnitOfWork, house: House, known: Sequence[ActorRow]) -> Facts:
    gazetteer = Gazetteer.of(_locations(uow, known))
    communities = [_community(uow, row, gazetteer) for row in known]
    # Somebody elsewhere of whom nothing is known would only make everything look rarer; ours may have people in common.
    held = [facts for facts, row in zip(communities, known, strict=True) if row.is_local or facts.holdings or facts.topics]
    mappings = _correspondences(uow)
    mapped = {concept for mapping in mappings for concept in (mapping.subject, mapping.object)}
    schemes = {concept: scheme for concept in mapped if (scheme := _scheme(uow, concept))}
    return Facts.of(held, mappings, schemes, _people(uow, house, [facts.iri for facts in held]))


def _community(uow: UnitOfWork, row: ActorRow, gazetteer: Gazetteer) -> CommunityFacts:
    topics: dict[str, list[str]] = {}
    holdings: set[str] = set()
    for iri, kind, topic in uow.holdings.topics(row.iri, _MOST_HELD):
        if topic:
            topics.setdefault(topic, []).append(iri)
        if kind == "Concept":
            # A glossary that has a term speaks of it.
            topics.setdefault(iri, []).append(iri)
        if kind not in _ABOUT_OTHERS:
            holdings.add(iri)
    chains = {gazetteer.chain(territory) for territory in _territories(row)} - {()}
    return CommunityFacts(
        iri=row.iri,
        topics={topic: tuple(sorted(set(carriers))) for topic, carriers in topics.items()},
        holdings=frozenset(holdings),
        territories=tuple(sorted(chains)),
    )


def _read(document: bytes) -> Thing | None:
    try:
        return jsonld.read(document)
    except VocabError:
        return None


def _territories(row: ActorRow) -> list[str]:
    return [ref.iri for ref in getattr(_read(row.document), "territory", ()) if ref.iri]


def _locations(uow: UnitOfWork, known: Sequence[ActorRow]) -> Iterator[Location]:
    stored = (_read(each.document) for each in uow.things.listed(scope=PUBLIC_SCOPE, kind="Place", limit=_MOST_PLACES))
    embedded = (ref.thing for row in known for ref in getattr(_read(row.document), "territory", ()))
    for place in (*stored, *embedded):
        if isinstance(place, Place) and place.id:
            yield Location(
                iri=place.id,
                part_of=tuple(ref.iri for ref in place.is_part_of if ref.iri),
                same_as=tuple(ref.iri for ref in place.exact_match if ref.iri),
                level=place.genre.iri if place.genre else "",
            )


def _correspondences(uow: UnitOfWork) -> list[Correspondence]:
    """The accepted mappings that anybody may read: an intersection names those it relies on."""
    return [
        Correspondence(iri=row.thing, subject=row.subject, relation=row.relation, object=row.object, confidence=row.confidence)
        for row in uow.mappings.all("accepted")
        if _public(uow, row.thing) is not None
    ]


def _public(uow: UnitOfWork, iri: str) -> StoredThing | None:
    stored = uow.things.get(iri, PUBLIC_SCOPE)
    return stored if stored is not None and stored.entry.deleted_at is None else None


def _scheme(uow: UnitOfWork, concept: str) -> str:
    ours = concepts.concept(concept)
    if ours is not None:
        return ours.scheme
    stored = _public(uow, concept)
    thing = _read(stored.document) if stored else None
    return next((ref.iri for ref in thing.in_scheme), "") if isinstance(thing, Concept) else ""


def _people(uow: UnitOfWork, house: House, communities: Iterable[str]) -> dict[tuple[str, str], int]:
    consenting = {iri: uow.members.consenting(iri, house.now) for iri in communities}
    counts = {pair: len(consenting[pair[0]] & consenting[pair[1]]) for pair in combinations(sorted(consenting), 2)}
    return {pair: count for pair, count in counts.items() if count}


def _row(house: House, iri: str, touch: Touch, before: IntersectionRow | None, labels: _Labels) -> IntersectionRow:
    given = _given_phase(before)
    earlier = _read(before.document) if before else None
    dates = (earlier.published, earlier.generated_at) if isinstance(earlier, Intersection) else (None, None)

    def written(generated: bool) -> bytes:
        frame = Frame(
            iri=iri,
            author=house.organisation,
            phase=given or touch.phase,
            published=dates[0] or house.now,
            generated=house.now if generated else dates[1] or house.now,
        )
        return jsonld.dump(composed(touch, frame, labels.of(touch)))

    phase = before.phase if before else ""
    if before is not None and written(generated=False) == before.document:
        document, computed_at = before.document, before.computed_at
    else:
        document, computed_at = written(generated=True), house.now
    return IntersectionRow(
        iri=iri,
        left=touch.left,
        right=touch.right,
        strength=touch.strength,
        document=document,
        computed_at=computed_at,
        phase=phase,
    )


def _given_phase(before: IntersectionRow | None) -> Phase | None:
    """The phase that people gave, by its IRI or by its end."""
    if before is None or not before.phase:
        return None
    return Phase.read(before.phase) or next((phase for phase in Phase if phase.value == before.phase), None)


class _Labels:
    """What the things are called that touches speak of, each looked up once."""

    def __init__(self, uow: UnitOfWork, known: Sequence[ActorRow]) -> None:
        self._uow = uow
        self._found: dict[str, Text | None] = {row.iri: self._named(row.document, row.name) for row in known}

    def of(self, touch: Touch) -> dict[str, Text]:
        """The names of all that a touch rests on."""
        shared = (item for basis in touch.bases if basis.kind is not BasisKind.PEOPLE for item in basis.shared)
        names = {iri: self._label(iri) for iri in (touch.left, touch.right, *shared)}
        return {iri: name for iri, name in names.items() if name is not None}

    def _label(self, iri: str) -> Text | None:
        if iri not in self._found:
            ours = concepts.concept(iri)
            stored = _public(self._uow, iri)
            self._found[iri] = ours.labels if ours else self._named(stored.document, stored.entry.name) if stored else None
        return self._found[iri]

    def _named(self, document: bytes, name: str) -> Text | None:
        thing = _read(document)
        label = thing.pref_label if isinstance(thing, Concept) else None
        said = thing.name if isinstance(thing, Object) else None
        return label or said or (Text.of(name) if name else None)
