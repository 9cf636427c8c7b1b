"""A web page as the lines that people see."""

from __future__ import annotations

import pytest

from node.domain.scanning import scan

PAGE = '<html><head><link rel="canonical" href="https://a.example/n/1/"></head><body><p>Un <a rel="license" href="{}">b</a></p>'


@pytest.mark.parametrize(
    ("link", "licence"),
    [("//[", ""), ("javascript:x", ""), ("/by", "https://a.example/by"), ("https://b.example/by", "https://b.example/by")],
)
def test_the_licence_is_an_address_or_none(link: str, licence: str) -> None:
    found = scan("page.html", PAGE.format(link).encode())
    assert (found.address, found.license, found.lines[0].text) == ("https://a.example/n/1/", licence, "Un b")
