from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from node.domain.bases import BasisKind
from node.domain.explanation import Evidence, Explanation, Removal, Stage, Step, explain
from node.domain.facts import CommunityFacts, Facts
from node.domain.intersections import touch, touches
from node.domain.mappings import Correspondence

NEAR = Correspondence(iri="m", subject="x", relation="closeMatch", object="y", confidence=0.8)
HERE = (("sherbrooke", "estrie"),)


def small(**more: object) -> CommunityFacts:
    return CommunityFacts(**{"iri": "a", **more})  # type: ignore[arg-type]  # a shorthand for these tests


def explained(facts: Facts) -> Explanation:
    found = explain(facts, "b", "a")
    assert found is not None
    return found


def reckoned(step: Step) -> float:
    """The figures put into the formula, by somebody who knows nothing else."""
    tools = {"ln": math.log, "sqrt": math.sqrt, "__builtins__": {}}
    return float(eval(step.formula, tools, dict(step.figures)))  # noqa: S307 - our own formulas


def removed(explanation: Explanation) -> list[list[tuple[str, str]]]:
    return [[(piece.evidence.value, next(iter(piece.iris), "")) for piece in pieces] for pieces in explanation.undone_by]


def test_no_touch_no_explanation() -> None:
    assert explain(Facts.of([small(), small(iri="b")]), "a", "b") is None


def test_each_step_can_be_reckoned_again() -> None:
    left = small(topics={"x": ("1", "2"), "z": ("1",)}, holdings=frozenset("12"), territories=HERE)
    right = small(iri="b", topics={"y": ("3",), "z": ("3",)}, holdings=frozenset("23"), territories=HERE)
    found = explained(Facts.of([left, right, small(iri="c", topics={"z": ("5",)})], [NEAR], people={("a", "b"): 6}))
    assert [reckoned(step) for step in found.steps] == pytest.approx([step.result for step in found.steps])
    assert {step.basis for step in found.steps} == {None, *BasisKind}
    last = found.steps[-1]
    assert (last.stage, last.result) == (Stage.WHOLE, found.touch.strength)
    by_mapping = [step.stage for step in found.steps if step.because == ("m",)]
    assert by_mapping == [Stage.CONTRIBUTION, Stage.BASIS]


def test_the_only_mapping_or_either_term_undoes_it() -> None:
    found = explained(Facts.of([small(topics={"x": ("1",)}), small(iri="b", topics={"y": ("2",)})], [NEAR]))
    assert removed(found) == [[("mapping", "m")], [("topic", "x")]]


def test_a_single_resource_or_the_people_undo_it() -> None:
    both = [small(holdings=frozenset("1")), small(iri="b", holdings=frozenset("1"))]
    assert removed(explained(Facts.of(both))) == [[("resource", "1")]]
    facts = Facts.of([small(), small(iri="b")], people={("a", "b"): 5})
    assert explained(facts).undone_by == ((Removal(evidence=Evidence.PEOPLE),),)


def test_two_pieces_go_together() -> None:
    both = [small(holdings=frozenset("12")), small(iri="b", holdings=frozenset("12"))]
    assert removed(explained(Facts.of(both))) == [[("resource", "1"), ("resource", "2")]]


def test_of_many_pieces_a_smallest_set_is_named() -> None:
    # Four resources and a topic; the topic alone is too weak to be left as a touch.
    crowd = {f"{number}": ("1",) for number in range(70)}
    left = small(topics={"z": ("1",), **crowd}, holdings=frozenset("1234"))
    others = {f"b{number}": things for number, things in crowd.items()}
    right = small(iri="b", topics={"z": ("1",), **others}, holdings=frozenset("1234"))
    found = explained(Facts.of([left, right]))
    assert found.touch.pieces == 5
    assert removed(found) == [[("resource", number) for number in "1234"]]


def test_taking_a_topic_away_takes_all_the_words_for_it() -> None:
    same = Correspondence(iri="same", subject="w", relation="exactMatch", object="x")
    left = small(topics={"w": ("1",), "x": ("1", "2")})
    found = explained(Facts.of([left, small(iri="b", topics={"x": ("3",)})], [same]))
    # The mapping is not needed: both know x.
    assert found.undone_by == ((Removal(evidence=Evidence.TOPIC, iris=("x", "w")),),)


def test_a_counterpart_that_waits_in_the_second_row_is_found() -> None:
    names = ("u", "v", "w")
    mappings = [Correspondence(iri=f"m{name}", subject=name, relation="closeMatch", object="y") for name in names]
    facts = Facts.of([small(topics=dict.fromkeys(names, ("1",))), small(iri="b", topics={"y": ("2",)})], mappings)
    found = explained(facts)
    assert found.touch.pieces == 1
    assert removed(found) == [[("topic", "u"), ("topic", "v"), ("topic", "w")]]


@settings(max_examples=40, deadline=None)
@given(
    held=st.lists(st.frozensets(st.sampled_from("123456")), min_size=2, max_size=4),
    treated=st.lists(st.dictionaries(st.sampled_from("uvwxyz"), st.just(("t",))), min_size=2, max_size=4),
    joined=st.lists(st.tuples(st.sampled_from("uvwxyz"), st.sampled_from("uvwxyz")), max_size=3),
)
def test_after_the_removals_nothing_is_left_and_no_fewer_would_do(
    held: list[frozenset[str]], treated: list[dict[str, tuple[str, ...]]], joined: list[tuple[str, str]]
) -> None:
    mappings = [
        Correspondence(iri=f"m{number}", subject=one, relation="closeMatch", object=other)
        for number, (one, other) in enumerate(joined)
    ]
    pairs = zip("abcd", held, treated, strict=False)
    facts = Facts.of([CommunityFacts(iri=iri, holdings=holds, topics=topics) for iri, holds, topics in pairs], mappings)
    for found in touches(facts)[:2]:
        explanation = explain(facts, found.left, found.right)
        assert explanation is not None
        assert [reckoned(step) for step in explanation.steps] == pytest.approx([step.result for step in explanation.steps])
        assert explanation.undone_by
        for removals in explanation.undone_by:
            assert left_after(facts, explanation, removals) is None
            for spared in removals:
                assert left_after(facts, explanation, tuple(piece for piece in removals if piece != spared)) is not None


def left_after(facts: Facts, explanation: Explanation, removals: tuple[Removal, ...]) -> object:
    without = frozenset(iri for piece in removals if piece.evidence is not Evidence.MAPPING for iri in piece.iris)
    for piece in removals:
        if piece.evidence is Evidence.MAPPING:
            facts = facts.without_mapping(piece.iris[0])
    return touch(facts, explanation.touch.left, explanation.touch.right, without=without)


def test_what_need_not_have_gone_is_put_back() -> None:
    # Taken away strongest first, a topic that fills the left repertoire goes early; put back, it drowns what little is left.
    ours = (1000, 1, 1000, 1, 2, 2, 1)
    theirs = (2, 1, 2, 1000, 1, 1000, 2)
    few = tuple(str(number) for number in range(50))

    def topics(counts: tuple[int, ...]) -> dict[str, tuple[str, ...]]:
        return {f"s{place}": tuple(map(str, range(count))) for place, count in enumerate(counts)}

    right = small(iri="b", topics=topics(theirs) | {f"r{number}": few for number in range(200)})
    found = explained(Facts.of([small(topics=topics(ours)), right]))
    [removals] = found.undone_by
    assert len(removals) == 5
