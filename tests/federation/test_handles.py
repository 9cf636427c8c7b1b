"""Names of actors: what is a handle, what may be shown of it."""

from __future__ import annotations

import contextlib
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.errors import MalformedHandle, RemoteError
from federation.handles import Handle, handle, shown_name


@pytest.mark.parametrize(
    ("text", "name", "host"),
    [
        ("@logement@noeud.example", "logement", "noeud.example"),
        ("logement@NOEUD.example", "logement", "noeud.example"),
        ("acct:logement@noeud.example", "logement", "noeud.example"),
        ("ACCT:logement@noeud.example:443", "logement", "noeud.example"),
        (" @a.b_c-d@127.0.0.11:8001 ", "a.b_c-d", "127.0.0.11:8001"),
        ("@Logement@exämple.org", "Logement", "xn--exmple-cua.org"),
        ("@ｌogement@noeud.example", "logement", "noeud.example"),
    ],
)
def test_handles_in_their_spellings(text: str, name: str, host: str) -> None:
    found = handle(text)
    assert found == Handle(name, host)
    assert handle(str(found)) == handle(found.account) == found
    assert tuple(found) == (name, host)


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "logement", "@logement", "@@noeud.example", "@logement@", "a@b@c", "@a b@noeud.example", "@a@noeud.example/x",
        "@a@noeud.example#x", "@a@noeud.example?x", "@a@noeud.example.", "@a@127.1", "@\u202egnp@noeud.example",
        "@a\u200bb@noeud.example", "@\u0430dmin@noeud.example", "@a\x00b@noeud.example", "@.a@noeud.example", "@a.@noeud.example",
        f"@{'a' * 101}@noeud.example", f"@{'a' * 5000}@noeud.example", "@a@-", "@a@\u202enoeud.example", "https://noeud.example/a",
    ],
)  # fmt: skip
def test_b17_disguised_handles_are_refused(text: str) -> None:
    with pytest.raises(MalformedHandle) as caught:
        handle(text)
    assert "\u202e" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_b17_names_are_shown_without_what_hides() -> None:
    assert shown_name("a\u202eb\u200bc\u2066\x00\n\ud800d") == "abcd"
    assert shown_name("Élodie Ｌａ") == "Élodie La"
    assert len(shown_name("a" * 5000)) == 100


@given(st.text(max_size=60))
def test_any_text_is_a_handle_or_refused(text: str) -> None:
    for candidate in (text, f"@a@{text}", f"{text}@noeud.example"):
        with contextlib.suppress(RemoteError):
            named = handle(candidate)
            assert handle(str(named)) == named
            assert named.host.isascii()
    assert len(shown_name(text)) <= 100
    assert not any(category(letter).startswith("C") for letter in shown_name(text)), "controls, bidi, zero-width"
