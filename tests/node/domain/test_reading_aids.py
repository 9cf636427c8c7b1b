"""What helps to read and to quote a text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from node.domain.html import CleanHtml, clean
from node.domain.reading_aids import (
    Explained,
    cited,
    inverted,
    listed,
    minutes,
    with_explained,
    with_plain_part,
    year_and_day,
)  # fmt: skip


def test_time_is_told_of_what_takes_time() -> None:
    assert minutes("<p>Bonjour à tous</p>") == 0
    assert minutes(f"<p>{'mot ' * 150}</p>") == 1
    assert minutes(f"<p>{'mot ' * 1000}</p>") == 5


def test_a_word_is_explained_where_it_first_stands_and_never_inside_a_link_or_heading() -> None:
    text = clean("<h2>Le bail</h2><p><a href='https://a.example'>Un bail</a>. Deux Baux, et trois bails ; un bail.</p>")
    found = with_explained(text, [Explained(labels=("bail",), anchor="mot-1")])
    assert found.count("<a class") == 1
    assert '<a class="word" href="#mot-1">bails</a> ; un bail' in found
    assert "<h2>Le bail</h2>" in found


def test_a_word_inside_another_is_left_alone() -> None:
    text = CleanHtml("<p>Un bailleur. <b>Un</b> bail à nourriture</p>")
    words = [Explained(labels=("bail",), anchor="mot-1"), Explained(labels=("", "bail à nourriture"), anchor="mot-2")]
    assert "Un bailleur" in with_explained(text, words)
    assert 'href="#mot-2">bail à nourriture' in with_explained(text, words[1:])
    assert with_explained(text, [Explained(labels=(" ",), anchor="x")]) == text


def test_the_part_in_plain_language_is_found_by_its_heading() -> None:
    text, has_part = with_plain_part(CleanHtml("<h2>Avant</h2><h3>En langage <b>clair</b> :</h3><p>a</p>"), "clair")
    assert has_part
    assert '<h3 id="clair">En langage <b>clair</b> :</h3>' in text
    assert with_plain_part(CleanHtml("<h2>Avant</h2>"), "clair") == ("<h2>Avant</h2>", False)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mireille Fontaine", "Fontaine, M."),
        ("Marie-Ève Côté", "Côté, M.-È."),
        ("Anne de la Salle", "de la Salle, A."),
        ("Ali", "Ali"),
        ("", ""),
    ],
)
def test_names_are_turned_round_as_in_a_bibliography(name: str, expected: str) -> None:
    assert inverted(name) == expected


def test_a_reference_is_in_the_style_of_the_apa() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    authors = listed(["Fontaine, M.", "Benali, A."], "et")
    parts = cited(authors, year_and_day(at, "fr", "novembre"), "La médiation.", "Logement", "https://a.example/1")
    assert "".join(parts) == "Fontaine, M. et Benali, A. (2026, 22 novembre). La médiation. Logement. https://a.example/1"
    assert "".join(cited("", "s. d.", "Sans nom", "", "https://a.example/1")) == "Sans nom (s. d.). https://a.example/1"
    assert year_and_day(at, "en", "November") == "2026, November 22"
