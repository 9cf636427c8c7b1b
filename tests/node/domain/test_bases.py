from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.domain import bases
from node.domain.bases import BasisKind, published_count, rarity
from node.domain.facts import CommunityFacts, Facts
from node.domain.mappings import Correspondence
from vocab.concepts import scheme


def community(iri: str, *, holds: str = "", territories: tuple[tuple[str, ...], ...] = (), **topics: int) -> CommunityFacts:
    carried = {topic: tuple(f"{iri}/{topic}/{number}" for number in range(count)) for topic, count in topics.items()}
    return CommunityFacts(iri=iri, topics=carried, holdings=frozenset(holds), territories=territories)


def test_the_kinds_are_those_of_the_vocabulary() -> None:
    assert {kind.iri for kind in BasisKind} == {concept.iri for concept in scheme("fondements")}


def test_two_communities_alone_weigh_all_alike() -> None:
    facts = Facts.of([community("a", x=1, y=1), community("b", x=1, z=1)])
    basis = bases.topics(facts, "a", "b")
    assert basis is not None
    assert basis.strength == pytest.approx(0.5)  # the plain cosine: one of two topics on each side


def test_what_others_have_too_counts_less() -> None:
    pair = [community("a", x=1, y=1), community("b", x=1, z=1)]
    alone = bases.topics(Facts.of(pair), "a", "b")
    rare = bases.topics(Facts.of([*pair, community("c", y=1)]), "a", "b")
    common = bases.topics(Facts.of([*pair, community("c", x=1)]), "a", "b")
    assert alone
    assert rare
    assert common
    assert common.strength < alone.strength < rare.strength


def test_a_topic_by_hand() -> None:
    # Four communities; x is with one other besides the two, y and z with none.
    facts = Facts.of([community("a", x=3, y=1), community("b", x=1, z=1), community("c", x=1), community("d")])
    basis = bases.topics(facts, "a", "b")
    assert basis is not None
    left, right = (1 + math.log(3)) * math.log(2), math.log(2)
    expected = left * right / (math.hypot(left, math.log(4)) * math.hypot(right, math.log(4)))
    assert basis.strength == pytest.approx(expected)
    [share] = basis.shares
    assert (share.left.count, share.left.others, share.left.rarity) == (3, 1, math.log(2))
    assert share.left.value == pytest.approx(left)
    assert share.left.things == ("a/x/0", "a/x/1", "a/x/2")
    assert basis.left_size == pytest.approx(math.hypot(left, math.log(4)))
    assert (basis.count, basis.shared, basis.derived_from) == (1, ("x",), ())


def test_a_mapping_joins_and_is_named() -> None:
    near = Correspondence(iri="m", subject="x", relation="closeMatch", object="y", confidence=0.8)
    facts = Facts.of([community("a", x=1), community("b", y=1)], [near])
    basis = bases.topics(facts, "a", "b")
    assert basis is not None
    assert basis.strength == pytest.approx(0.56)
    assert (basis.shared, basis.derived_from) == (("x", "y"), ("m",))


def test_a_mapping_of_next_to_no_confidence_joins_nothing() -> None:
    faint = Correspondence(iri="m", subject="x", relation="closeMatch", object="y", confidence=5e-324)
    assert bases.topics(Facts.of([community("a", x=1), community("b", y=1, z=2)], [faint]), "a", "b") is None


def test_a_hop_from_a_cluster_names_all_it_relies_on() -> None:
    mappings = [
        Correspondence(iri="same", subject="w", relation="exactMatch", object="x"),
        Correspondence(iri="near", subject="y", relation="closeMatch", object="x"),
        Correspondence(iri="idle", subject="y", relation="exactMatch", object="z"),
    ]
    facts = Facts.of([community("a", w=1), community("b", y=1)], mappings)
    basis = bases.topics(facts, "a", "b")
    assert basis is not None
    assert basis.derived_from == ("near", "same")


def test_each_topic_counts_once_with_its_best_counterpart() -> None:
    mappings = [
        Correspondence(iri=f"{left}{right}", subject=left, relation="closeMatch", object=right) for left in "uv" for right in "xy"
    ]
    facts = Facts.of([community("a", u=1, v=1), community("b", x=1, y=1)], mappings)
    basis = bases.topics(facts, "a", "b")
    assert basis is not None
    assert basis.count == 2
    assert basis.strength == pytest.approx(0.7)


def test_resources_by_hand() -> None:
    facts = Facts.of([community("a", holds="123"), community("b", holds="34"), community("c", holds="4")])
    basis = bases.resources(facts, "a", "b")
    assert basis is not None
    rare, known = math.log(3), math.log(3 / 2)
    assert basis.strength == pytest.approx(math.sqrt(rare / (3 * rare) * rare / (rare + known)))
    assert (basis.count, basis.shared) == (1, ("3",))
    assert bases.resources(facts, "a", "c") is None


def test_what_is_left_out_is_as_if_it_were_not_there() -> None:
    facts = Facts.of([community("a", holds="12", x=1, y=1), community("b", holds="1", x=1)])
    assert bases.topics(facts, "a", "b", frozenset({"x"})) is None
    assert bases.resources(facts, "a", "b", frozenset({"1"})) is None
    whole = bases.topics(facts, "a", "b", frozenset({"y"}))
    assert whole is not None
    assert whole.strength == pytest.approx(1.0)


@pytest.mark.parametrize(("count", "published"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (14, 10), (27, 25)])
def test_people_are_published_in_steps(count: int, published: int) -> None:
    assert published_count(count) == published
    facts = Facts.of([community("a"), community("b")], people={("a", "b"): count})
    basis = bases.people(facts, "b", "a")
    assert (basis.count if basis else 0) == published


@given(count=st.integers(0, 1000))
def test_people_are_never_named_and_one_more_or_less_seldom_shows(count: int) -> None:
    basis = bases.people(Facts.of([community("a"), community("b")], people={("a", "b"): count}), "a", "b")
    if count < 5:
        assert basis is None
    else:
        assert basis is not None
        assert (basis.shared, basis.shares, basis.derived_from) == ((), (), ())
        assert 5 <= basis.count <= count
        assert basis.count % 5 == 0
        assert basis.strength == basis.count / (basis.count + 20)


def test_a_territory_is_the_nearest_that_holds_both() -> None:
    estrie = (("sherbrooke", "estrie"),)
    facts = Facts.of([community("a", territories=estrie), community("b", territories=(("estrie",),)), community("c")])
    basis = bases.territory(facts, "a", "b")
    assert basis is not None
    assert (basis.shared, basis.strength, basis.count) == (("estrie",), 0.5, 1)
    assert bases.territory(facts, "a", "c") is None


@given(communities=st.integers(2, 500), others=st.integers(0, 498))
def test_rarity_is_above_zero_and_falls_as_others_join(communities: int, others: int) -> None:
    others = min(others, communities - 2)
    assert 0 < rarity(communities, others) <= math.log(communities)
    assert others == 0 or rarity(communities, others) < rarity(communities, others - 1)
