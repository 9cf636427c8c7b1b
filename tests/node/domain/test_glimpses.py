from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.domain.glimpses import glimpse, unread

PAGE = """<!doctype html><html lang="fr-CA"><head><meta charset="utf-8">
<title>Prévenir l’éviction | Le Quotidien</title>
<meta property="og:site_name" content="Le Quotidien"><meta property="og:title" content="Pr&eacute;venir l’éviction">
<meta name="description" content="Trois villes racontent &lt;b&gt;leur&lt;/b&gt; porte-à-porte.">
<meta name="author" content="Zoé Roy">
<meta property="article:published_time" content="2026-03-04T10:00:00-05:00"><meta property="og:image" content="/images/une.jpg">
<link rel="canonical" href="https://quotidien.example/eviction?utm_source=soi">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head><body><h1>Autre</h1></body></html>"""


def test_a_card_is_filled_from_the_head_of_a_page() -> None:
    found = glimpse("https://quotidien.example/eviction?x=1", PAGE.encode(), "text/html; charset=utf-8")
    assert (found.title, found.site, found.author) == ("Prévenir l’éviction", "Le Quotidien", "Zoé Roy")
    assert found.summary == "Trois villes racontent leur porte-à-porte."
    assert (found.published, found.language) == ("2026-03-04", "fr-CA")
    assert found.license == "https://creativecommons.org/licenses/by/4.0/"
    assert found.image == "https://quotidien.example/images/une.jpg"
    assert found.address == "https://quotidien.example/eviction"
    assert found.is_read


def test_what_is_said_as_linked_data_counts_too() -> None:
    page = (
        '<title>Un titre - a.example</title><script type="application/ld+json">{"@graph": [{"@type": "Article",'
        '"headline": "Le vrai",'
        '"datePublished": "2025-12", "author": [{"name": "Ali"}], "license": "CC BY-SA 4.0", "image": {"url": "https://a.example/i.png"}}]}'
        "</script><script>var x = '<title>non</title>';</script>"
        "<p>The quick brown fox and the dog are in the house of the man</p>"
    )
    found = glimpse("https://a.example/x", page.encode(), "text/html")
    assert (found.title, found.published, found.author, found.language) == ("Le vrai", "2025-12", "Ali", "en")
    assert found.license == "https://creativecommons.org/licenses/by-sa/4.0/"


@pytest.mark.parametrize(
    ("address", "kind", "title"),
    [
        ("https://a.example/docs/Plan-de-lutte_2026.pdf", "application/pdf", "Plan de lutte 2026"),
        ("https://www.a.example/", "text/html", "a.example"),
        ("https://a.example/p/12", "text/html", "a.example"),
        ("https://a.example/Caf%C3%A9-citoyen", "text/html", "Café citoyen"),
    ],
)
def test_what_says_nothing_is_called_by_its_address(address: str, kind: str, title: str) -> None:
    assert glimpse(address, b"", kind).title == title
    assert unread(address).title == title
    assert not unread(address).is_read


def test_a_page_cannot_pass_for_another_site() -> None:
    page = (
        b'<link rel="canonical" href="https://banque.example/entrer"><title>A</title>'
        b'<meta property="og:image" content="javascript:alert(1)">'
    )
    found = glimpse("https://a.example/x", page, "text/html")
    assert (found.address, found.image) == ("https://a.example/x", "")
    top = glimpse("https://a.example/x", b'<link rel="canonical" href="https://a.example/"><title>A</title>', "text/html")
    assert top.address == "https://a.example/x"


def test_old_letters_are_read() -> None:
    page = "<title>Éviction à Québec</title>".encode("cp1252")
    assert glimpse("https://a.example/x", page, "text/html").title == "Éviction à Québec"
    declared = '<meta charset="windows-1252"><title>Éviction</title>'.encode("cp1252")
    assert glimpse("https://a.example/x", declared, "text/html").title == "Éviction"


@given(st.binary(max_size=400), st.sampled_from(["", "text/html", "text/html; charset=utf-16", "text/html; charset=idna"]))
def test_anything_may_answer(content: bytes, kind: str) -> None:
    assert glimpse("https://a.example/x", b"<html><meta " + content, kind).title


def test_a_page_made_to_be_slow_comes_to_its_end() -> None:
    for part in (b"<a rel='x' ", b"<meta name=a content='", b"<script type=application/ld+json>[", b"<h1>", b"&amp;", b"<!--"):
        assert glimpse("https://a.example/x", part * (600_000 // len(part)), "text/html").address


def test_no_address_ends_the_link_that_it_stands_in() -> None:
    page = b'<link rel="canonical" href="/x> [Entrez ici](https://e.example/) <a\n\n# Titre"><title>A</title>'
    address = glimpse("https://a.example/x", page, "text/html").address
    assert not set(address) & set('<> \n"')
    assert address.startswith("https://a.example/x%3E")
    assert unread("https://a.example/é> <").address == "https://a.example/%C3%A9%3E%20%3C"
