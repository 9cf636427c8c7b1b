from __future__ import annotations

from node.domain.facts import CommunityFacts, Facts
from node.domain.mappings import Correspondence

SAME = Correspondence(iri="m", subject="evictions", relation="exactMatch", object="expulsions")
A = CommunityFacts(
    iri="a", topics={"evictions": ("1", "2"), "expulsions": ("2", "3", "4"), "unused": ()}, holdings=frozenset({"1", "9"})
)
B = CommunityFacts(iri="b", topics={"expulsions": ("5",)}, holdings=frozenset({"9"}))


def test_words_for_the_same_are_one_subject_each_thing_counted_once() -> None:
    subject = Facts.of([A], [SAME]).subjects["a"]["evictions"]
    assert subject.words == ("evictions", "expulsions")
    assert subject.word == "expulsions"
    assert subject.things == ("1", "2", "3", "4")


def test_a_topic_that_nothing_carries_is_no_subject() -> None:
    assert set(Facts.of([A]).subjects["a"]) == {"evictions", "expulsions"}


def test_the_index_tells_who_has_what() -> None:
    facts = Facts.of([B, A], [SAME])
    assert facts.carriers == {"evictions": {"a", "b"}}
    assert facts.holders == {"1": {"a"}, "9": {"a", "b"}}
    assert facts == Facts.of([A, B], [SAME])


def test_a_pair_of_people_is_found_either_way() -> None:
    assert Facts.of([A, B], people={("b", "a"): 6}).people == {("a", "b"): 6}


def test_withdrawing_a_mapping_undoes_its_identity() -> None:
    facts = Facts.of([A, B], [SAME], {"evictions": "S"}, {("a", "b"): 6})
    assert facts.without_mapping("other") == facts
    assert facts.without_mapping("m") == Facts.of([A, B], [], {"evictions": "S"}, {("a", "b"): 6})
