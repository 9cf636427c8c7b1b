from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.domain.identifiers import new_id, slug

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def test_an_id_has_26_readable_characters_and_carries_its_moment() -> None:
    made = new_id(NOW, b"\xff" * 10)
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{26}", made)
    assert made.endswith("z" * 16)
    milliseconds = sum("0123456789abcdefghjkmnpqrstvwxyz".index(c) << 5 * (9 - i) for i, c in enumerate(made[:10]))
    assert milliseconds == int(NOW.timestamp() * 1000)


def test_later_ids_sort_after_earlier_ones_and_randomness_tells_them_apart() -> None:
    assert new_id(NOW, b"\xff" * 10) < new_id(NOW + timedelta(milliseconds=1), bytes(10))
    assert new_id(NOW, bytes(9) + b"\x01") != new_id(NOW, bytes(9) + b"\x02")


def test_an_id_is_not_made_from_too_little_randomness() -> None:
    with pytest.raises(ValueError, match="ten bytes"):
        new_id(NOW, bytes(9))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Économie sociale municipale", "economie-sociale-municipale"),
        ("Cœur de l’Île & Ça", "coeur-de-l-ile-et-ca"),
        ("  --Déjà vu!--  ", "deja-vu"),
        ("ŒUVRES Ænéas straße", "oeuvres-aeneas-strasse"),
        ("CdP 2026", "cdp-2026"),
    ],
)
def test_a_slug_folds_accents_and_ligatures(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_long_name_is_cut_between_words_and_a_long_word_anywhere() -> None:
    assert slug("Communauté de pratique des responsables municipaux") == "communaute-de-pratique-des-responsables"
    assert slug("a" * 60) == "a" * 40


def test_names_without_latin_letters_get_different_slugs() -> None:
    assert slug("") != slug("!")
    assert slug("Сообщество") != slug("社区")
    assert re.fullmatch(r"n-[0-9a-f]{8}", slug("Сообщество"))


@given(st.text())
def test_every_slug_can_stand_in_an_address(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", slug(name))
    assert "--" not in slug(name)
