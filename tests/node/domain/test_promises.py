"""The modes of confidentiality: known ones alone count, in words of both languages, and answers carry them."""

from __future__ import annotations

import pytest

from node.domain.promises import CHATHAM, MODES, QUOTABLE, STAYS_HERE, carried, fitting, label, meaning, mode_of
from vocab.things.note import Note
from vocab.values import Ref


def test_each_mode_is_said_in_both_languages() -> None:
    for mode in MODES:
        assert label(mode).in_language("fr") != label(mode).in_language("en")
        assert meaning(mode).in_language("fr").endswith(".")
    with pytest.raises(KeyError):
        label("https://example.org/autre")


def test_an_answer_carries_what_was_promised() -> None:
    thread = Note(confidentiality=Ref(CHATHAM))
    assert mode_of(thread) == CHATHAM
    assert carried(thread, QUOTABLE) == Ref(CHATHAM)
    assert carried(Note(), QUOTABLE) == Ref(QUOTABLE)
    assert carried(Note(confidentiality=Ref("https://example.org/autre"))) is None


def test_what_is_published_takes_the_mode_of_its_community_and_nothing_public_stays_here() -> None:
    assert fitting("", CHATHAM, is_open=False, is_ours=True) == CHATHAM
    assert fitting(QUOTABLE, CHATHAM, is_open=False, is_ours=True) == QUOTABLE
    assert fitting("", CHATHAM, is_open=False, is_ours=False) == ""
    assert fitting(STAYS_HERE, CHATHAM, is_open=True, is_ours=False) == ""
    assert fitting(QUOTABLE, CHATHAM, is_open=True, is_ours=False) == QUOTABLE
