from __future__ import annotations

import pytest

from node.domain.sentences import counted, in_words, listed, quoted, said, spaced


def test_french_gets_its_no_break_spaces() -> None:
    assert spaced("« oui » : vraiment ; non ? si !") == "«\u00a0oui\u00a0»\u00a0: vraiment\u00a0; non\u00a0? si\u00a0!"


def test_a_sentence_has_both_languages_french_first() -> None:
    text = said("Un lien : {name}", "A link: {name}")
    assert text.language == "fr"
    assert text.in_language("en") == "A link: {name}"
    assert text.primary.format(name="x") == "Un lien\u00a0: x"


def test_quotation_marks_are_those_of_the_language() -> None:
    assert quoted("a", "fr") == "«\u00a0a\u00a0»"
    assert quoted("a", "en") == "“a”"


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [(["a"], "fr", "a"), (["a", "b"], "fr", "a et b"), (["a", "b", "c"], "fr", "a, b et c"), (["a", "b"], "en", "a and b")],
)
def test_lists_end_with_and(words: list[str], language: str, expected: str) -> None:
    assert listed(words, language) == expected


@pytest.mark.parametrize(
    ("number", "noun", "language", "is_feminine", "expected"),
    [
        (0, "sujet", "fr", False, "aucun sujet"),
        (0, "ressource", "fr", True, "aucune ressource"),
        (1, "ressource", "fr", True, "une ressource"),
        (2, "ressource", "fr", True, "deux ressources"),
        (9, "sujet", "fr", False, "neuf sujets"),
        (10, "sujet", "fr", False, "10 sujets"),
        (0, "topic", "en", False, "no topics"),
        (1, "topic", "en", True, "one topic"),
        (12, "topic", "en", False, "12 topics"),
    ],
)
def test_counts_are_said_in_words(number: int, noun: str, language: str, is_feminine: bool, expected: str) -> None:
    assert counted(number, noun, language, is_feminine=is_feminine) == expected


def test_numbers_from_ten_on_are_figures() -> None:
    assert [in_words(number, "en") for number in (5, 10)] == ["five", "10"]
