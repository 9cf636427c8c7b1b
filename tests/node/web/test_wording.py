"""Moments, strengths and licences in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from node.web import wording
from node.web.translations import Tongue

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
FRENCH, ENGLISH = Tongue("fr"), Tongue("en")


def test_days_are_written_as_here() -> None:
    assert wording.day(datetime(2026, 10, 3, 15, 0, tzinfo=UTC), "fr") == "3 octobre 2026"
    assert wording.day(datetime(2026, 10, 1, 15, 0, tzinfo=UTC), "fr") == "1er octobre 2026"
    assert wording.day(datetime(2026, 10, 3, 15, 0, tzinfo=UTC), "en") == "October 3, 2026"
    assert wording.hour(datetime(2026, 12, 2, 15, 0, tzinfo=wording.zone()), "fr") == "2 décembre 2026 à 15\u00a0h\u00a000"


@pytest.mark.parametrize(
    ("days", "words"), [(0, "aujourd’hui"), (1, "hier"), (3, "il y a 3 jours"), (20, "31 octobre 2026"), (-1, "21 novembre 2026")]
)
def test_what_is_near_is_said_so(days: int, words: str) -> None:
    assert wording.ago(NOW - timedelta(days=days), NOW, "fr") == words


@pytest.mark.parametrize(
    ("strength", "words"),
    [(0.9, "Lien fort"), (0.6, "Lien fort"), (0.3, "Lien net"), (0.01, "Lien léger"), (0.0, "Lien léger")],
)
def test_strengths_have_names(strength: float, words: str) -> None:
    assert wording.strength_words(strength, FRENCH) == words


def test_numbers_follow_the_language() -> None:
    assert wording.number(0.47, FRENCH) == "0,47"
    assert wording.number(0.4712, ENGLISH, digits=3) == "0.471"


@pytest.mark.parametrize(
    ("iri", "label", "words"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", "citant"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/deed.fr", "CC BY-NC-SA 4.0", "même licence"),
        ("https://creativecommons.org/licenses/by-nd/3.0/", "CC BY-ND 3.0", "Sans modification"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0", "Libre"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "domaine public", "Libre"),
        ("https://exemple.org/licence", "licence particulière", "texte"),
        ("", "licence non précisée", "demandez"),
    ],
)
def test_licences_are_said_in_words(iri: str, label: str, words: str) -> None:
    found = wording.licence(iri, FRENCH)
    assert found.label == label
    assert words in found.words


def test_texts_are_cut_between_words_and_without_tags() -> None:
    assert wording.excerpt("<p>un <b>deux</b></p><p>trois</p>") == "un deux trois"
    assert wording.excerpt("«\u00a0un\u00a0»\n deux") == "«\u00a0un\u00a0» deux"
    assert wording.excerpt("mot " * 100, 20) == "mot mot mot mot mot\u00a0…"


def test_words_searched_for_are_found_whatever_their_ending() -> None:
    pieces = wording.matching("evictions", "La prévention de l’éviction")
    assert [text for text, is_hit in pieces if is_hit] == ["éviction"]
    assert "".join(text for text, _ in pieces) == "La prévention de l’éviction"
    assert wording.matching("", "a") == (("a", False),)


def test_the_part_of_a_text_is_shown_where_the_words_stand() -> None:
    text = f"<p>{'Rien ici. ' * 40}Prévoir une interprète. {'Ni là. ' * 60}</p>"
    found = wording.around("interpretes", text)
    assert "Prévoir une interprète." in found
    assert found.startswith("…\u00a0")
    assert found.endswith("…")
    assert len(found) < 300
    assert wording.around("interprete", "<p>Une interprète vient.</p>") == "Une interprète vient."
    assert wording.around("interprete", text, unless="L’interprète") == ""
    assert wording.around("absent", text) == wording.around("", text) == ""


def test_languages_and_kinds_have_names() -> None:
    assert wording.language_name("en", FRENCH) == "anglais"
    assert wording.language_name("fr-CA", ENGLISH) == "French"
    assert wording.language_name("x" * 40, FRENCH) == "x" * 40
    assert wording.kind_words("PracticeNote", FRENCH) == "Note de pratique"
    assert wording.kind_words("Rien", FRENCH) == "Rien"
    assert wording.kind_words("", FRENCH) == ""


@pytest.mark.parametrize("iri", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example/x", "urn:x"])
def test_a_licence_leads_to_the_web_or_nowhere(iri: str) -> None:
    assert wording.licence(iri, FRENCH).href == ""
    assert wording.licence("https://savoirs.example/licence", FRENCH).href == "https://savoirs.example/licence"


@pytest.mark.parametrize(
    ("names", "called"),
    [
        ("Karim", "Message de Karim"),
        ("Élise, Karim", "Message d’Élise, Karim"),
        ("une personne d’ailleurs", "Message d’une personne d’ailleurs"),
        ("100 % locataires", "Message de 100 % locataires"),
    ],
)
def test_what_has_no_name_is_called_after_its_author(names: str, called: str) -> None:
    assert wording.by_author("message", names, FRENCH) == called
    assert wording.by_author("message", names, ENGLISH) == f"Message by {names}"


def test_each_word_of_a_text_is_folded_once_however_much_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor who searches for fifty words would wait for seconds, and all others with them."""
    folded: list[str] = []
    fold = wording._fold

    def noted(text: str) -> str:
        folded.append(text)
        return fold(text)

    monkeypatch.setattr(wording, "_fold", noted)
    pieces = wording.matching("aaa bbb ccc ddd rivière", "La rivière coule")
    assert [piece for piece, is_hit in pieces if is_hit] == ["rivière"]
    assert folded.count("coule") == 1
    folded.clear()
    assert wording.around("rivière", "La rivière coule. " + "mot " * 50_000).startswith("La rivière coule. mot")
    assert len(folded) < 10, "what comes after the words is not looked at"
    assert wording.around("rivière", "mot " * 50_000 + "rivière") == ""
