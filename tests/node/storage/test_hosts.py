from __future__ import annotations

import sys

import pytest

from node.storage.hosts import above, host_of, normal


@pytest.mark.parametrize(
    ("iri", "host"),
    [
        ("https://Ici.Example/x", "ici.example"),
        ("https://ici.example.:443/x", "ici.example"),
        ("http://127.0.0.11:8001/inbox", "127.0.0.11:8001"),
        ("https://user@ici.example/x", "ici.example"),
        ("http://[::1]:8000/x", "[::1]:8000"),
        ("https://Bücher.example/x", "xn--bcher-kva.example"),
        ("https://xn--bcher-kva.example/x", "xn--bcher-kva.example"),
        ("http://[::ffff:192.0.2.7]:8000/x", "192.0.2.7:8000"),
        ("urn:x", ""),
        ("https://[broken", ""),
    ],
)
def test_the_host_of_an_address(iri: str, host: str) -> None:
    assert host_of(iri) == host


def test_the_one_spelling() -> None:
    assert normal(" Ici.Example.:8443 ") == "ici.example:8443"


def test_what_covers_a_host() -> None:
    assert above("a.ici.example:8443") == ["a.ici.example:8443", "a.ici.example", "ici.example", "example"]
    assert above("[2001:DB8:0::1]:8443") == ["[2001:db8::1]:8443", "[2001:db8::1]"]


def test_what_is_too_long_to_be_a_host_is_not_kept() -> None:
    long = "x" * 100_000
    held = sys.getrefcount(long)
    assert host_of(long) == ""
    assert sys.getrefcount(long) == held
