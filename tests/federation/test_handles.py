"""Names of actors: what is a handle, what may be shown of it."""

from __future__ import annotations

import contextlib
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.errors import MalformedHandle, RemoteError
from federation.handles import Handle, handle, is_address, shown_host, shown_name


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


def test_addresses_are_told_from_handles() -> None:
    assert is_address(" HTTPS://noeud.example/x")
    assert not is_address("@a@noeud.example")


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("noeud.example", "noeud.example"),
        ("xn--exmple-cua.org", "exämple.org"),
        ("xn--exmple-cua.org:8443", "exämple.org:8443"),
        ("xn--80ak6aa92e.com", "xn--80ak6aa92e.com"),  # аррӏе.com: Cyrillic before a Latin ending
        ("xn--r8jz45g.jp", "例え.jp"),
        ("xn--pple-43d.com", "xn--pple-43d.com"),  # a Cyrillic а before pple
        ("xn--a", "xn--a"),
    ],
)
def test_b17_hosts_of_mixed_scripts_are_shown_in_punycode(host: str, shown: str) -> None:
    assert shown_host(host) == shown


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
            assert shown_host(named.host)
    assert len(shown_name(text)) <= 100
    assert not any(category(letter).startswith("C") for letter in shown_name(text)), "controls, bidi, zero-width"
    assert bool(shown_host(text)) == bool(text)
