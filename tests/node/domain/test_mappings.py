from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.domain.mappings import LIKENESS, Closure, Correspondence

RELATIONS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


def said(iri: str, subject: str, relation: str, other: str, confidence: float = 1.0) -> Correspondence:
    return Correspondence(iri=iri, subject=subject, relation=relation, object=other, confidence=confidence)


def test_exact_match_goes_on_and_both_ways() -> None:
    closure = Closure.of(
        [said("m1", "b", "exactMatch", "a"), said("m2", "b", "exactMatch", "c"), said("m3", "x", "exactMatch", "y")]
    )
    assert [closure.name(concept) for concept in "abcxyz"] == ["a", "a", "a", "x", "x", "z"]
    assert closure.justification(["a", "c"]) == ("m1", "m2")
    assert closure.justification(["b", "c", "b"]) == ("m2",)
    assert closure.justification(["z"]) == ()


def test_the_shortest_way_justifies() -> None:
    ring = [said("m1", "a", "exactMatch", "b"), said("m2", "b", "exactMatch", "c"), said("m3", "c", "exactMatch", "a")]
    assert Closure.of(ring).justification(["a", "c"]) == ("m3",)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [("closeMatch", 0.56), ("broadMatch", 0.32), ("narrowMatch", 0.32), ("relatedMatch", 0.16), ("unheardOf", None)],
)
def test_other_relations_are_one_hop_weighed_by_confidence(relation: str, expected: float | None) -> None:
    closure = Closure.of([said("m", "a", relation, "b", 0.8)])
    there, back = closure.near("a").get("b"), closure.near("b").get("a")
    assert there == back
    assert (None if there is None else pytest.approx(there.likeness)) == expected


def test_a_hop_is_never_two() -> None:
    closure = Closure.of([said("m1", "a", "closeMatch", "b"), said("m2", "b", "closeMatch", "c")])
    assert set(closure.near("a")) == {"b"}


def test_a_hop_leads_from_cluster_to_cluster() -> None:
    closure = Closure.of(
        [said("m1", "a", "exactMatch", "b"), said("m2", "b", "closeMatch", "c"), said("m3", "a", "relatedMatch", "b")]
    )
    assert closure.near("a")["c"].mapping.iri == "m2"
    assert closure.near("c")["a"].likeness == LIKENESS["closeMatch"]
    assert set(closure.near("a")) == {"c"}


def test_the_strongest_of_several_counts_and_the_first_of_equals() -> None:
    both = [said("m1", "a", "relatedMatch", "b"), said("m2", "b", "closeMatch", "a"), said("m3", "a", "closeMatch", "b")]
    assert Closure.of(both).near("a")["b"].mapping.iri == "m2"
    assert Closure.of(both[:1] + both[2:]).near("a")["b"].mapping.iri == "m3"


@pytest.mark.parametrize(("confidence", "expected"), [(-1.0, None), (0.0, None), (7.0, 0.7)])
def test_a_confidence_out_of_bounds_is_brought_within(confidence: float, expected: float | None) -> None:
    tie = Closure.of([said("m", "a", "closeMatch", "b", confidence)]).near("a").get("b")
    assert (tie.likeness if tie else None) == expected


def test_two_concepts_of_one_scheme_are_a_clash_and_no_identity() -> None:
    mappings = [said("m1", "a1", "exactMatch", "b"), said("m2", "b", "exactMatch", "a2"), said("m3", "x", "exactMatch", "y")]
    schemes = {"a1": "A", "a2": "A", "b": "B", "x": "A"}
    closure = Closure.of(mappings, schemes)
    [clash] = closure.clashes
    assert (clash.scheme, clash.concepts, clash.mappings) == ("A", ("a1", "a2"), ("m1", "m2"))
    assert [closure.name(concept) for concept in ("a1", "a2", "b", "y")] == ["a1", "a2", "b", "x"]
    assert closure.near("a1")["b"].likeness == LIKENESS["closeMatch"]
    assert "a2" not in closure.near("a1")


def test_a_concept_mapped_to_itself_says_nothing() -> None:
    assert Closure.of([said("m", "a", "exactMatch", "a")]) == Closure.of([])


@given(
    mappings=st.lists(
        st.builds(
            said,
            st.uuids().map(str),
            st.sampled_from("abcdef"),
            st.sampled_from(RELATIONS),
            st.sampled_from("abcdef"),
            st.floats(0, 1),
        ),
        max_size=8,
        unique_by=lambda mapping: mapping.iri,
    ),
    schemes=st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("ST")),
    chance=st.randoms(),
)
def test_the_closure_is_the_same_for_any_order_and_keeps_schemes_apart(
    mappings: list[Correspondence], schemes: dict[str, str], chance: random.Random
) -> None:
    closure = Closure.of(mappings, schemes)
    shuffled = list(mappings)
    chance.shuffle(shuffled)
    assert Closure.of(shuffled, schemes) == closure
    named = {(scheme, closure.name(concept)) for concept, scheme in schemes.items()}
    assert len(named) == len(schemes)
    for left, ties in closure.hops.items():
        assert all(closure.hops[right][left] == tie and 0 < tie.likeness <= 0.7 for right, tie in ties.items())
