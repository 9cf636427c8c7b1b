from __future__ import annotations

from node.domain.explanation import Stage, Step, explain
from node.domain.explanation_words import filled_in, lines
from node.domain.facts import CommunityFacts, Facts
from node.domain.mappings import Correspondence
from vocab.values import Text

NEAR = Correspondence(iri="https://a.example/correspondances/9", subject="x", relation="closeMatch", object="y", confidence=0.8)
FACTS = Facts.of(
    [
        CommunityFacts(iri="a", topics={"x": ("1",)}, territories=(("estrie",),)),
        CommunityFacts(iri="b", topics={"y": ("2",)}, territories=(("estrie",),)),
    ],
    [NEAR],
)
CONTRIBUTION = "left * likeness * right / (left_size * right_size) = 0.6931 * 0.56 * 0.6931 / (0.6931 * 0.6931)"
WHOLE = "1 - (1 - 0.4 * sujets) * (1 - 0.15 * territoire) = 1 - (1 - 0.4 * 0.56) * (1 - 0.15 * 1)"
LABELS = {"x": Text.of("maintien", "fr"), "a": Text.of("Habitation", "fr")}


def test_every_step_is_a_line_with_its_figures() -> None:
    explanation = explain(FACTS, "a", "b")
    assert explanation is not None
    assert lines(explanation, LABELS, "en") == [
        "Topics in common",
        "  rarity “maintien”: ln(communities / (1 + others)) = ln(2 / (1 + 0)) = 0.6931",
        "  weight “maintien”: (1 + ln(count)) * rarity = (1 + ln(1)) * 0.6931 = 0.6931",
        "  rarity “y”: ln(communities / (1 + others)) = ln(2 / (1 + 0)) = 0.6931",
        "  weight “y”: (1 + ln(count)) * rarity = (1 + ln(1)) * 0.6931 = 0.6931",
        f"  contribution “maintien” ≈ “y”: {CONTRIBUTION} = 0.5600 (by https://a.example/correspondances/9)",
        "  strength: c1 = 0.56 = 0.5600 (by https://a.example/correspondances/9)",
        "Territory in common",
        "  strength: common / deepest = 1 / 1 = 1.0000",
        f"Strength of the whole: {WHOLE} = 0.3404",
        "None of this would hold if:",
        "  the mapping https://a.example/correspondances/9 were withdrawn",
        "  Habitation no longer spoke of “maintien”",
    ]


def test_french_too() -> None:
    explanation = explain(FACTS, "a", "b")
    assert explanation is not None
    french = lines(explanation, LABELS, "fr")
    assert french[0] == "Sujets communs"
    assert french[1].startswith("  rareté «\u00a0maintien\u00a0»\u00a0: ln(")
    assert french[-3:] == [
        "Rien de cela ne tiendrait si\u00a0:",
        "  la correspondance https://a.example/correspondances/9 était retirée",
        "  Habitation ne parlait plus de «\u00a0maintien\u00a0»",
    ]


def test_resources_and_people_can_go_too() -> None:
    both = [CommunityFacts(iri=iri, holdings=frozenset({"guide"})) for iri in "ab"]
    explanation = explain(Facts.of(both, people={("a", "b"): 5}), "a", "b")
    assert explanation is not None
    last = lines(explanation, LABELS, "en")[-1]
    assert last == "  Habitation no longer held “guide” and fewer than five people in common agreed to it"


def test_names_are_replaced_whole() -> None:
    figures = (("left", 2.0), ("left_size", 4.0), ("c1", 0.5))
    step = Step(stage=Stage.BASIS, basis=None, about=(), formula="sqrt(left / left_size) + c1 + c12", figures=figures, result=0)
    assert filled_in(step) == "sqrt(2 / 4) + 0.5 + c12"
