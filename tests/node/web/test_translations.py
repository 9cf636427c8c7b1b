"""The catalogues are current and English is complete."""

from __future__ import annotations

import re

import pytest

from kit.typography import faults
from node.web import translations
from node.web.translations import Tongue


def test_the_template_of_all_phrases_is_current() -> None:
    assert translations.written(translations.extracted()) == translations.TEMPLATE.read_bytes(), "run make translations"


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_each_language_knows_the_phrases_there_are(language: str) -> None:
    assert {message.id for message in translations.read(language)} == {message.id for message in translations.extracted()}


def test_english_is_complete() -> None:
    assert translations.gaps("en") == []


def test_translations_fill_in_the_same_values() -> None:
    for message in translations.read("en"):
        french = "".join(translations._parts(message.id))
        english = "".join(translations._parts(message.string))
        names = re.compile(r"%\((\w+)\)s")
        assert set(names.findall(french)) == set(names.findall(english)), french


def test_french_is_spaced_as_french() -> None:
    for message in translations.extracted():
        for words in translations._parts(message.id):
            assert faults(words) == []


def test_french_includes_everybody_in_one_way() -> None:
    """Un·e membre: with a middot, never with brackets, full stops or dashes."""
    other_ways = re.compile(r"\w\((?:e|ne|trice|euse|s)\)|\w\.(?:e|ne|trice|euse)\.?s?\b|\w-(?:e|ne|trice|euse)-s\b")
    assert [words for words in _french() if other_ways.search(words)] == []


def test_french_is_that_of_here() -> None:
    borrowed = re.compile(r"(?<!%\()\b(e-?mails?|login|password|cliquez|dashboard|feedback|newsletter|week-end)\b", re.IGNORECASE)
    assert [words for words in _french() if borrowed.search(words)] == []


def test_english_is_spaced_as_english() -> None:
    strange = re.compile(r"[«»\u00a0]|\s[:;!?](?!\w)|\w'\w")
    said = [words for message in translations.read("en") if message.id for words in translations._parts(message.string)]
    assert [words for words in said if strange.search(words)] == []


def _french() -> list[str]:
    return [words for message in translations.extracted() if message.id for words in translations._parts(message.id)]


def test_french_counts_nothing_as_one() -> None:
    french, english = Tongue("fr"), Tongue("en")
    assert french.count("un sujet commun", "%(num)s sujets communs", 2) == "2 sujets communs"
    assert french.count("une ressource tenue par les deux", "%(num)s ressources tenues par les deux", 0).startswith("une")
    assert english.count("un sujet commun", "%(num)s sujets communs", 0) == "0 topics in common"


def test_an_unknown_language_is_french() -> None:
    assert translations.language_of("de") == "fr"
    assert translations.language_of("en-GB") == "en"
