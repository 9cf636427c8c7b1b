from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.domain.territory import WIDE_PLACES, Gazetteer, Location, nearest, nearness
from vocab.concepts import scheme

PROVINCE = "https://w3id.org/cdp/territoires/province"
PLACES = [
    Location(iri="rosemont", part_of=("montreal",)),
    Location(iri="montreal", part_of=("region-06",)),
    Location(iri="region-06", part_of=("quebec",)),
    Location(iri="sherbrooke", part_of=("mrc-sherbrooke",)),
    Location(iri="mrc-sherbrooke", part_of=("estrie",)),
    Location(iri="magog", part_of=("memphremagog",)),
    Location(iri="memphremagog", part_of=("estrie",)),
    Location(iri="estrie", part_of=("quebec",), same_as=("http://www.wikidata.org/entity/Q1127",)),
    Location(iri="quebec", part_of=("canada",), level=PROVINCE),
]
GAZETTEER = Gazetteer.of(PLACES)


def test_the_level_that_says_nothing_is_one_of_the_vocabulary() -> None:
    assert PROVINCE in {concept.iri for concept in scheme("territoires")}


def test_a_chain_goes_up_to_the_region() -> None:
    assert GAZETTEER.chain("rosemont") == ("rosemont", "montreal", "region-06")
    assert GAZETTEER.chain("nowhere") == ("nowhere",)


@pytest.mark.parametrize("iri", ["quebec", *sorted(WIDE_PLACES)])
def test_the_province_and_the_country_say_nothing(iri: str) -> None:
    assert GAZETTEER.chain(iri) == ()


def test_a_place_known_by_a_wide_places_address_is_wide() -> None:
    gazetteer = Gazetteer.of(
        [Location(iri="qc", same_as=("http://www.wikidata.org/entity/Q176",)), Location(iri="a", part_of=("qc",))]
    )
    assert gazetteer.chain("a") == ("a",)
    assert gazetteer.chain("qc") == ()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("sherbrooke", "sherbrooke", 1.0),
        ("sherbrooke", "estrie", 1 / 3),
        ("sherbrooke", "magog", 1 / 3),
        ("sherbrooke", "mrc-sherbrooke", 2 / 3),
        ("estrie", "http://www.wikidata.org/entity/Q1127", 1.0),
        ("sherbrooke", "rosemont", None),
        ("quebec", "quebec", None),
        ("quebec", "estrie", None),
    ],
)
def test_nearness_is_the_share_of_the_deeper_chain(left: str, right: str, expected: float | None) -> None:
    near = nearness(GAZETTEER.chain(left), GAZETTEER.chain(right))
    assert (near.strength if near else None) == (None if expected is None else pytest.approx(expected))


def test_ours_speaks_for_what_is_the_same() -> None:
    near = nearness(GAZETTEER.chain("http://www.wikidata.org/entity/Q1127"), GAZETTEER.chain("magog"))
    assert near is not None
    assert near.place == "estrie"


def test_of_several_containers_the_longest_chain_is_followed() -> None:
    gazetteer = Gazetteer.of(
        [
            Location(iri="a", part_of=("short", "long")),
            Location(iri="long", part_of=("longer",)),
            Location(iri="b", part_of=("y", "x")),
        ]
    )
    assert gazetteer.chain("a") == ("a", "long", "longer")
    assert gazetteer.chain("b") == ("b", "x")


def test_places_that_lie_in_one_another_are_the_same() -> None:
    gazetteer = Gazetteer.of([Location(iri="a", part_of=("b",)), Location(iri="b", part_of=("a", "b", "c"))])
    assert gazetteer.chain("a") == gazetteer.chain("b") == ("a", "c")


def test_a_tangle_made_to_be_slow_is_not() -> None:
    layers = [(f"{depth}/0", f"{depth}/1") for depth in range(2000)]
    places = [Location(iri=iri, part_of=above) for here, above in pairwise(layers) for iri in here]
    assert len(Gazetteer.of(places).chain("0/0")) == 2000


def test_communities_of_several_territories_are_as_near_as_the_nearest_two() -> None:
    left = [GAZETTEER.chain("rosemont"), GAZETTEER.chain("estrie")]
    right = [GAZETTEER.chain("magog"), GAZETTEER.chain("montreal")]
    near = nearest(left, right)
    assert near is not None
    assert near.place == "montreal"
    assert near.strength == pytest.approx(2 / 3)
    assert nearest(left, []) is None


@given(
    places=st.lists(
        st.builds(
            Location,
            iri=st.sampled_from("abcdef"),
            part_of=st.lists(st.sampled_from("abcdef"), max_size=3).map(tuple),
            same_as=st.lists(st.sampled_from("abcdefxyz"), max_size=1).map(tuple),
        ),
        max_size=8,
    ),
    left=st.sampled_from("abcdef"),
    right=st.sampled_from("abcdef"),
    chance=st.randoms(),
)
def test_any_tangle_gives_a_number_the_same_both_ways(
    places: list[Location], left: str, right: str, chance: random.Random
) -> None:
    gazetteer = Gazetteer.of(places)
    shuffled = list(places)
    chance.shuffle(shuffled)
    assert Gazetteer.of(shuffled) == gazetteer
    near = nearness(gazetteer.chain(left), gazetteer.chain(right))
    assert near is None or 0 < near.strength <= 1
    turned = nearness(gazetteer.chain(right), gazetteer.chain(left))
    assert (near.strength if near else None) == (turned.strength if turned else None)
