"""Origins, hosts and addresses: doubt means no."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.addresses import document_url, host_of, origin, plain_host, same_origin, wire_url, without_path
from federation.errors import ForbiddenAddress


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        ("https://noeud.example/x?y#z", "https://noeud.example"),
        ("HTTPS://NOEUD.example:443/", "https://noeud.example"),
        ("http://127.0.0.11:8001/inbox", "http://127.0.0.11:8001"),
        ("http://noeud.example:80", "http://noeud.example"),
        ("https://noeud.example:80/", "https://noeud.example:80"),
        ("https://[2001:DB8:0:0::1]:8443/", "https://[2001:db8::1]:8443"),
        ("https://exämple.org/é", "https://xn--exmple-cua.org"),
        ("https://xn--exmple-cua.org", "https://xn--exmple-cua.org"),
        ("https://a_b.example/", "https://a_b.example"),
        ("https://ｅｘａｍｐｌｅ.org", "https://example.org"),
        ("https://noeud.example?x=http://evil.example", "https://noeud.example"),
        ("https://noeud.example#//evil.example@x", "https://noeud.example"),
    ],
)
def test_an_origin_has_one_spelling(iri: str, written: str) -> None:
    assert str(origin(iri)) == written
    assert same_origin(iri, written)


@pytest.mark.parametrize(
    "iri",
    [
        "", "x", "/x", "//noeud.example/x", "urn:x:y", "did:key:z6Mk", "mailto:a@b.example", "javascript:alert(1)",
        "data:text/plain,x", "file:///etc/hostname", "ftp://noeud.example/", "gopher://noeud.example/",
        "https://", "https:///x", "https:noeud.example", "https://m@noeud.example/", "https://m:p@noeud.example/",
        "https://@noeud.example/", "https://noeud.example./", "https://noeud.example。/", "https://noeud.example:99999/",
        "https://noeud.example:0/", "https://noeud.example:-1/", "https://noeud.example:x/", "https://noeud..example/",
        "https://.example/", "http://[", "http://[::1", "http://[::1]x/", "http://[fe80::1%25eth0]/", "http://[::1%eth0]/",
        "http://[v1.x]/", "http://a[::1]/", "http://2130706445/", "http://0x7f00000d/", "http://0177.0.0.13/", "http://127.13/",
        "http://127.0.0.13.0x1/", "http://①②⑦.⓪.⓪.①/", "http://256.1.1.1/", "https://noeud.example\\@evil.example/",
        "https://noeud.example/ x", "https://noeud.example/\r\nX: y", "https://noeud.example/\x00", " https://noeud.example/",
        "https://noeud.example/\u2028", "https://noeud.example/\ud800", "https://\u202eelpmaxe.org/", "https://a*b.example/",
        f"https://{'a' * 64}.{'b' * 300}.example/", f"https://noeud.example/{'a' * 2048}", "https://xn--a.example/",
        "https://\u200b.example/", "http:x://noeud.example/", "x?y=http://noeud.example/", "//x/http://noeud.example/",
    ],
)  # fmt: skip
def test_b24_what_is_not_clean_has_no_origin(iri: str) -> None:
    assert origin(iri) is None
    assert not same_origin(iri, iri)


@pytest.mark.parametrize(
    "other", ["http://noeud.example/", "https://noeud.example:8443/", "https://sub.noeud.example/", "https://noeud.example.evil/"]
)
def test_other_origins_are_others(other: str) -> None:
    assert not same_origin("https://noeud.example/", other)


@pytest.mark.parametrize(
    "iri",
    [
        "https://evil.example/x", "HTTP://EVIL.example", "https://evil.example./", "https://u@evil.example:8/x",
        " https://evil.example ", "https://EVIL.EXAMPLE..",
    ],
)  # fmt: skip
def test_b18_a_blocked_host_however_it_is_spelled(iri: str) -> None:
    assert host_of(iri) == "evil.example"


def test_hosts_for_block_lists() -> None:
    assert host_of("http://[::ffff:127.0.0.13]/") == "127.0.0.13"
    assert host_of("https://EXÄMPLE.org/") == plain_host("xn--exmple-cua.org.") == "xn--exmple-cua.org"
    assert plain_host("[2001:DB8::1]") == "2001:db8::1"
    assert host_of("urn:x") == host_of("http://[") == plain_host("a b") == plain_host("") == ""


@pytest.mark.parametrize(
    ("url", "wire"),
    [
        ("https://noeud.example", "https://noeud.example/"),
        ("https://Noeud.example:443/a#frag", "https://noeud.example/a"),
        ("https://noeud.example/@a?x=%40b&y=%c3%A9", "https://noeud.example/@a?x=%40b&y=%c3%A9"),
        ("https://noeud.example/é", "https://noeud.example/%C3%A9"),
        ("https://exämple.org/~a/b;c=d(e)", "https://xn--exmple-cua.org/~a/b;c=d(e)"),
    ],
)
def test_addresses_on_the_wire_are_ascii_and_otherwise_untouched(url: str, wire: str) -> None:
    assert wire_url(url) == wire
    assert wire_url(wire) == wire


def test_what_cannot_be_asked_has_no_wire_address() -> None:
    for url in ("urn:x", f"https://noeud.example/{'é' * 1000}"):
        with pytest.raises(ForbiddenAddress):
            wire_url(url)


def test_a_document_has_no_fragment() -> None:
    assert document_url("https://noeud.example/a#main-key") == "https://noeud.example/a"


@given(st.text(max_size=60))
def test_any_text_is_judged(text: str) -> None:
    for iri in (text, f"https://{text}", f"https://noeud.example:{text}"):
        place = origin(iri)
        assert place is None or origin(str(place)) == place
        assert host_of(iri) == host_of(iri).lower()


def test_what_is_too_long_to_be_an_address_is_not_kept() -> None:
    """Thousands of addresses are remembered: as long as a message each, they would fill the memory."""
    long = "x" * 100_000
    for reader in (origin, host_of, plain_host):
        held = sys.getrefcount(long)
        assert not reader(long)
        assert sys.getrefcount(long) == held


def test_an_address_up_to_its_path() -> None:
    assert without_path("https://H.example:8443/u/1?x#y") == "https://H.example:8443"
    assert without_path("https://h.example?c=1") == "https://h.example"
    assert [without_path(text) for text in ("", "all", "mailto:a@b.example", "//h.example/u")] == [""] * 4
