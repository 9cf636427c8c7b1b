from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.domain.files import LARGEST, Field, head_and_body, text_of
from node.errors import Invalid


def test_values_stay_as_they_are_written() -> None:
    head, body = head_and_body("n.md", "---\ntitle: 2026\nlang: no\ndate: 2026-11-22\ntopics: [a, 'b: c']\n---\n\nTexte\n")
    assert head == {
        "title": Field(value="2026", line=2),
        "lang": Field(value="no", line=3),
        "date": Field(value="2026-11-22", line=4),
        "topics": Field(value=("a", "b: c"), line=5),
    }
    assert body == "Texte"


def test_a_field_may_have_a_text_or_a_list_per_language() -> None:
    head, _ = head_and_body("n.md", "---\nlabel:\n  fr: un\n  en: [one, 1]\nempty:\n---")
    assert head["label"].value == {"fr": ("un",), "en": ("one", "1")}
    assert head["label"].texts == ("un", "one", "1")
    assert head["empty"].texts == ()


@pytest.mark.parametrize("text", ["Texte", "---\nTexte sans deux-points\n---\n", "--- \n\n---\n", "----\na: b\n---"])
def test_a_text_may_begin_with_a_rule(text: str) -> None:
    assert head_and_body("n.md", text) == ({}, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: a\n\nTexte", r"^n\.md, line 1: the fields at the head have no end; put a line ---"),
        ("---\ntitle: a\nb: c: d\n---", r"^n\.md, line 3: .*; write `name: value`, in quotes"),
        ("---\ntitle: [a\n---", r"^n\.md, line \d: .*; write `name: value`"),
        ("---\na: *b\n---", r"^n\.md, line 2: .*undefined alias.*"),
        ("---\na:\n  - - b\n---", r"^n\.md, line 3: a list inside a list"),
        ("---\na: &x [*x]\n---", r"^n\.md, line 2: "),
        ("---\na: b\n? [c]\n: d\n---", r"^n\.md, line 3: "),
        ("---\na: " + "b" * 70_000 + "\n---", r"^n\.md, line 2: the fields at the head are too long"),
        ("---\na: " + "[" * 1_000 + "\n---", r"^n\.md, line 2: the fields at the head cannot be read"),
    ],
)
def test_a_head_that_cannot_be_read_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(Invalid, match=message) as caught:
        head_and_body("n.md", text)
    assert "\n" not in str(caught.value)


@given(st.text())
def test_any_head_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Invalid):
        fields, _ = head_and_body("n.md", f"---\na: {text}\n---\n")
        assert "a" in fields


def test_a_mark_of_encoding_and_unseen_characters_go() -> None:
    assert text_of("n", b"\xef\xbb\xbfa\x0cb\xe2\x80\xae") == "a\n\nb"


def test_a_text_too_long_to_travel_is_refused() -> None:
    assert len(text_of("n", b"a" * LARGEST)) == LARGEST
    with pytest.raises(Invalid, match=r"^n, line 1: this text is longer than 250 KB; split it"):
        text_of("n", b"a" * (LARGEST + 1))
