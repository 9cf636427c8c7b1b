from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.domain.prose import LONGEST_SUMMARY, language, language_tag, sentence_ends, shorten, summary

FRENCH = "Les membres se rencontrent chaque mois pour partager ce qu’ils ont appris dans leur milieu."
ENGLISH = "The members meet every month to share what they have learned in the field with their peers."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        (f"{FRENCH} As they say: “the show must go on”.", "fr"),
        ("La Table de quartier", "fr"),
        ("How to welcome new members of the group", "en"),
        (f"{FRENCH} {ENGLISH}", ""),
        ("Sherbrooke 2026", ""),
        ("", ""),
        ("12 000 $", ""),
    ],
)
def test_the_language_is_told_by_function_words(text: str, expected: str) -> None:
    assert language(text) == expected


def test_the_summary_is_the_first_paragraph_that_is_prose() -> None:
    assert (
        summary(
            ["Court.", "Table des matières | Résumé | Références et tout ce qui suit dans un menu sans fin de phrase", FRENCH]
        )
        == FRENCH
    )
    assert summary(["Une liste de mots assez longue pour compter", "x"]) == "Une liste de mots assez longue pour compter"
    assert summary(["x", "y"]) == "x"
    assert summary([]) == ""


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    long = " ".join([FRENCH] * 5)
    assert summary([long]) == " ".join([FRENCH] * 3)


def test_a_single_long_sentence_is_cut_between_words() -> None:
    cut = shorten("un mot de plus, " * 40)
    assert len(cut) <= LONGEST_SUMMARY
    assert cut.endswith(("plus…", "mot…", "de…", "un…"))
    assert shorten("x" * 400) == "x" * 299 + "…"


def test_the_full_stop_of_an_abbreviation_ends_no_sentence() -> None:
    text = "Selon M. Tremblay et Mme. Roy (p. 12), c’est oui. Et E. Wenger l’a écrit ! « Oui. » Fin"
    assert [text[:end].rsplit(maxsplit=1)[-1] for end in sentence_ends(text)] == ["oui.", "!", "»"]


@given(st.text(), st.integers(10, 400))
def test_a_shortened_text_is_never_longer_than_asked(text: str, longest: int) -> None:
    assert len(shorten(text, longest)) <= max(longest, 1)


def test_a_language_code_as_it_is_usually_written() -> None:
    assert [language_tag(text) for text in ("FR", "fr-ca", "zh-Hans-cn", "français", "", "x", f"fr{'-ab' * 4}")] == [
        "fr",
        "fr-CA",
        "zh-Hans-CN",
        "",
        "",
        "",
        "",
    ]
