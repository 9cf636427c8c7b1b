from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from node.domain.bases import BasisKind
from node.domain.facts import CommunityFacts, Facts
from node.domain.intersections import FLOOR, METHOD, WEIGHTS, Phase, combined, touch, touches
from node.domain.mappings import Correspondence
from vocab.concepts import concept, scheme

TOPICS = st.sampled_from([f"{letter}{number}" for letter in "st" for number in range(4)])
COMMUNITIES = st.lists(
    st.builds(
        CommunityFacts,
        iri=st.sampled_from("abcdef"),
        topics=st.dictionaries(TOPICS, st.sets(st.sampled_from("123456"), max_size=3).map(lambda found: tuple(sorted(found)))),
        holdings=st.frozensets(st.sampled_from("123456")),
        territories=st.sampled_from([(), (("sherbrooke", "estrie"),), (("magog", "estrie"),)]),
    ),
    min_size=2,
    max_size=6,
    unique_by=lambda facts: facts.iri,
)
MAPPINGS = st.lists(
    st.builds(
        Correspondence,
        iri=st.sampled_from([f"m{number}" for number in range(9)]),
        subject=TOPICS,
        relation=st.sampled_from(["exactMatch", "closeMatch", "broadMatch", "relatedMatch"]),
        object=TOPICS,
        confidence=st.floats(0, 1),
    ),
    max_size=5,
    unique_by=lambda mapping: mapping.iri,
)
SCHEMES = {f"{letter}{number}": letter for letter in "st" for number in range(4)}
PEOPLE = st.dictionaries(st.sampled_from(list(combinations("abcdef", 2))), st.integers(0, 12), max_size=3)


def test_method_and_phases_are_those_of_the_vocabulary() -> None:
    assert concept(METHOD) is not None
    assert {phase.iri for phase in Phase} == {each.iri for each in scheme("intersection-phases")}
    assert Phase.read(Phase.DISMISSED.iri) is Phase.DISMISSED
    assert Phase.read("https://w3id.org/cdp/phases/active") is None


def test_the_example_of_the_vocabulary_gives_its_number() -> None:
    strengths = {BasisKind.TOPICS: 0.62, BasisKind.RESOURCES: 0.31, BasisKind.TERRITORY: 1.0, BasisKind.PEOPLE: 0.18}
    assert round(combined(strengths), 2) == 0.47


def test_a_territory_alone_is_no_touch() -> None:
    here = (("estrie",),)
    facts = Facts.of([CommunityFacts(iri=iri, territories=here) for iri in "ab"])
    assert touch(facts, "a", "b") is None
    assert touches(facts) == []


def test_a_territory_adds_to_what_there_is() -> None:
    apart = [CommunityFacts(iri=iri, holdings=frozenset("1")) for iri in "ab"]
    near = [replace(facts, territories=(("estrie",),)) for facts in apart]
    found, more = touch(Facts.of(apart), "a", "b"), touch(Facts.of(near), "a", "b")
    assert found
    assert more
    assert found.strength == pytest.approx(0.4)
    assert more.strength == pytest.approx(1 - 0.6 * 0.85)


def test_what_is_next_to_nothing_is_nothing() -> None:
    def crowd(iri: str, size: int) -> CommunityFacts:
        return CommunityFacts(iri=iri, topics={"x": ("1",), **{f"{iri}{number}": ("1",) for number in range(size)}})

    # One topic of n on each side: 0.4 / n.
    assert touch(Facts.of([crowd("a", 38), crowd("b", 38)]), "a", "b") is not None
    assert touch(Facts.of([crowd("a", 40), crowd("b", 40)]), "a", "b") is None


def test_people_alone_are_a_touch_and_can_be_left_out() -> None:
    facts = Facts.of([CommunityFacts(iri="a"), CommunityFacts(iri="b")], people={("b", "a"): 7, ("a", "unknown"): 9})
    [found] = touches(facts)
    assert found.strength == pytest.approx(WEIGHTS[BasisKind.PEOPLE] * 5 / 25)
    assert touch(facts, "a", "b", with_people=False) is None


def test_one_thing_in_common_is_detected_two_are_shown() -> None:
    one = Facts.of([CommunityFacts(iri=iri, holdings=frozenset("1")) for iri in "ab"])
    two = Facts.of([CommunityFacts(iri=iri, holdings=frozenset("12")) for iri in "ab"])
    assert [found.phase for found in touches(one)] == [Phase.DETECTED]
    assert [found.phase for found in touches(two)] == [Phase.VISIBLE]


def test_weak_evidence_is_not_shown_however_much_there_is() -> None:
    facts = Facts.of(
        [CommunityFacts(iri=iri, holdings=frozenset({"1", "2", *(f"{iri}{number}" for number in range(40))})) for iri in "ab"]
    )
    [found] = touches(facts)
    assert found.pieces == 2
    assert found.phase is Phase.DETECTED


def test_only_pairs_of_those_one_asks_about() -> None:
    facts = Facts.of([CommunityFacts(iri=iri, holdings=frozenset("1")) for iri in "abc"])
    assert [(found.left, found.right) for found in touches(facts)] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [(found.left, found.right) for found in touches(facts, ["c", "stranger"])] == [("a", "c"), ("b", "c")]


def test_withdrawing_the_only_mapping_undoes_the_touch() -> None:
    near = Correspondence(iri="m", subject="x", relation="closeMatch", object="y")
    facts = Facts.of([CommunityFacts(iri="a", topics={"x": ("1",)}), CommunityFacts(iri="b", topics={"y": ("2",)})], [near])
    assert touch(facts, "a", "b") is not None
    assert touch(facts.without_mapping("m"), "a", "b") is None


@settings(max_examples=60)
@given(communities=COMMUNITIES, mappings=MAPPINGS, people=PEOPLE, chance=st.randoms())
def test_the_same_for_any_order_and_within_bounds(
    communities: list[CommunityFacts], mappings: list[Correspondence], people: dict[tuple[str, str], int], chance: random.Random
) -> None:
    facts = Facts.of(communities, mappings, SCHEMES, people)
    found = touches(facts)
    chance.shuffle(communities)
    chance.shuffle(mappings)
    assert touches(Facts.of(communities, mappings, SCHEMES, people)) == found
    names = sorted(facts.communities)
    assert {(each.left, each.right): each for each in found} == {
        pair: each for pair in combinations(names, 2) if (each := touch(facts, *pair))
    }
    for each in found:
        assert touch(facts, each.right, each.left) == each
        assert FLOOR <= each.strength <= 1
        assert all(0 < basis.strength <= 1 for basis in each.bases)
        assert each.bases[0].kind is not BasisKind.TERRITORY
        shown = [basis.count for basis in each.bases if basis.kind is BasisKind.PEOPLE]
        assert bool(shown) is (people.get((each.left, each.right), 0) >= 5)


@settings(max_examples=60)
@given(communities=COMMUNITIES, mappings=MAPPINGS, number=st.integers(0, 4), more=st.floats(0, 1))
def test_more_confidence_never_weakens(
    communities: list[CommunityFacts], mappings: list[Correspondence], number: int, more: float
) -> None:
    if number >= len(mappings):
        return
    surer = list(mappings)
    surer[number] = replace(surer[number], confidence=max(more, surer[number].confidence))
    before, after = Facts.of(communities, mappings, SCHEMES), Facts.of(communities, surer, SCHEMES)
    for left, right in combinations(sorted(before.communities), 2):
        was, now = touch(before, left, right), touch(after, left, right)
        assert was is None or (now is not None and now.strength >= was.strength - 1e-12)


@settings(max_examples=60)
@given(communities=COMMUNITIES, mappings=MAPPINGS)
def test_nothing_relies_on_a_mapping_that_was_withdrawn(
    communities: list[CommunityFacts], mappings: list[Correspondence]
) -> None:
    facts = Facts.of(communities, mappings, SCHEMES)
    for mapping in mappings:
        for found in touches(facts.without_mapping(mapping.iri)):
            assert all(mapping.iri not in basis.derived_from for basis in found.bases)
    # And with none left, only what needs no word of anybody is there: the same topic, under the same address.
    for found in touches(Facts.of(communities, [], SCHEMES)):
        assert all(share.left.item == share.right.item for basis in found.bases for share in basis.shares)


@settings(max_examples=60)
@given(communities=COMMUNITIES, mappings=MAPPINGS)
def test_a_share_that_names_no_mapping_needs_none(communities: list[CommunityFacts], mappings: list[Correspondence]) -> None:
    facts = Facts.of(communities, mappings, SCHEMES)
    for found in touches(facts):
        for basis in found.bases:
            for share in basis.shares:
                assert share.derived_from or share.left.item == share.right.item
