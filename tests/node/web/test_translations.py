"""The catalogues are current and English is complete."""

from __future__ import annotations

import ast
import functools
import re

import pytest
from babel.messages.catalog import Catalog

from kit.typography import faults
from kit.web_node import web_node
from node.domain.sentences import FRANCE, of_france
from node.web import translations
from node.web.translations import Tongue


@functools.cache
def _extracted() -> Catalog:
    """Read once: it takes a second."""
    return translations.extracted()


def test_the_template_of_all_phrases_is_current() -> None:
    assert translations.written(_extracted()) == translations.TEMPLATE.read_bytes(), "run make translations"


def test_no_phrase_stands_where_it_is_not_looked_for() -> None:
    """Nothing inside an f-string is extracted: it would stay French for everybody."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in translations.WEB.parent.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ("say", "gettext", "ngettext")
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_each_language_knows_the_phrases_there_are(language: str) -> None:
    assert {message.id for message in translations.read(language)} == {message.id for message in _extracted()}


def test_english_is_complete() -> None:
    assert translations.gaps("en") == []


def test_translations_fill_in_the_same_values() -> None:
    for message in translations.read("en"):
        french = "".join(translations._parts(message.id))
        english = "".join(translations._parts(message.string))
        names = re.compile(r"%\((\w+)\)s")
        assert set(names.findall(french)) == set(names.findall(english)), french


def test_french_is_spaced_as_french() -> None:
    for message in _extracted():
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
    return [words for message in _extracted() if message.id for words in translations._parts(message.id)]


def test_french_counts_nothing_as_one() -> None:
    french, english = Tongue("fr"), Tongue("en")
    assert french.count("un sujet commun", "%(num)s sujets communs", 2) == "2 sujets communs"
    assert french.count("une ressource tenue par les deux", "%(num)s ressources tenues par les deux", 0).startswith("une")
    assert english.count("un sujet commun", "%(num)s sujets communs", 0) == "0 shared topics"


def test_an_unknown_language_is_french() -> None:
    assert translations.language_of("de") == "fr"
    assert translations.language_of("en-GB") == "en"


def test_the_french_of_france_differs_where_it_says_so_and_nowhere_else() -> None:
    others = translations.catalogue("fr").elsewhere[FRANCE]
    assert set(others) <= {translations._parts(message.id)[0] for message in _extracted() if message.id}
    for words in others.values():
        assert [fault for said in words for fault in faults(said)] == []
    assert not [words for words in map(of_france, others) if re.search("courriel|fin de semaine|témoin", words)]


async def test_a_browser_of_france_is_answered_in_its_words_and_nobody_else_is() -> None:
    async with web_node() as node:
        for _ in range(2):  # pages are kept for a moment: not in the words of others
            for accepted, tag, words in (
                ("fr-FR,fr;q=0.9,en;q=0.8", "fr-FR", "jamais un cookie."),
                ("fr-CA,fr-FR;q=0.5", "fr-CA", "jamais un témoin (cookie)."),
                ("fr", "fr-CA", "jamais un témoin (cookie)."),
                ("en-GB,fr-FR;q=0.2", "en-CA", "never a cookie."),
            ):
                got = await node.get("/hors-ligne", accept="text/html", Accept_Language=accepted)
                assert f'<html lang="{tag}"' in got.text
                assert words in got.text, accepted
        month = await node.get("/agenda?vue=mois", accept="text/html", Accept_Language="fr-FR")
        assert month.text.index('title="lundi"') < month.text.index('title="dimanche"'), "their week begins on Monday"
