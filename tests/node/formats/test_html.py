"""Web pages: their text without what stands around it, and what they say of themselves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from node.contracts import Draft, File
from node.errors import Invalid
from node.formats.html import read
from vocab.things.object import Object
from vocab.values import Ref, Text

PAGE = """<!doctype html><html lang="fr-CA"><head><meta charset="utf-8"><title>La visite | Un site</title>
<meta name="author" content="Marie Roy"><meta name="dc.creator" content="Roy, Marie">
<meta property="article:published_time" content="2023-05-04T10:00:00-04:00"><meta name="keywords" content="accueil, bail">
<link rel="canonical" href="https://a.example/visite"><link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">
<style>p{color:red}</style></head><body><nav><a href="/">Menu</a></nav><article><header><h1 class="x">La visite</h1></header>
<p class="intro">Une <b onclick="x()">visite</b> avec <a href="guide.html">le guide</a> et
<a href="https://www.google.com/url?q=https://b.example/x&amp;sa=D">un lien</a>.</p><script>alert(1)</script>
<h3>Détail</h3><p><img src="https://c.example/pisteur.gif">Fin.</p></article><footer>Pied</footer></body></html>"""


def read_one(content: str | bytes, name: str = "ma_page.html") -> tuple[Draft, Object]:
    (draft,) = read(File(name=name, content=content if isinstance(content, bytes) else content.encode()))
    assert isinstance(draft.thing, Object)
    return draft, draft.thing


def test_a_page_with_what_it_says_of_itself() -> None:
    draft, thing = read_one(PAGE)
    assert (thing.name, thing.in_language) == (Text.of("La visite", "fr-CA"), "fr-CA")
    assert thing.content is not None
    words = " ".join(thing.content.primary.split())
    assert words == (
        '<p>Une <b>visite</b> avec <a href="https://a.example/guide.html" rel="nofollow noopener ugc">le guide</a> et '
        '<a href="https://b.example/x" rel="nofollow noopener ugc">un lien</a>.</p> <h2>Détail</h2><p>Fin.</p>'
    )
    assert draft.options == {"author": "Roy, Marie", "key": "https://a.example/visite"}
    assert draft.topics == ("accueil", "bail")
    assert thing.published == datetime(2023, 5, 4, 14, tzinfo=UTC)
    assert thing.license == Ref("https://creativecommons.org/licenses/by-sa/4.0/")
    assert thing.origin == Ref("https://a.example/visite")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_in_the_encoding_that_it_is_in(encoding: str) -> None:
    page = f'<meta charset="{encoding}"><title>Été à Montréal</title><p>Les élèves arrivent.'
    assert read_one(page.encode(encoding))[1].name == Text.of("Été à Montréal", "fr")
    assert read_one(b"\xfe\xff" + page.encode("utf-16-be"))[1].name == Text.of("Été à Montréal", "fr")


def test_a_page_without_a_title_is_called_as_its_file() -> None:
    assert read_one("<p>Bonjour.</p>")[1].name == Text.of("ma page")


def test_several_articles_are_a_page_of_them() -> None:
    content = read_one("<main><article><p>Un</p></article><article><p>Deux</p></article></main>")[1].content
    assert content is not None
    assert "Un" in content.primary
    assert "Deux" in content.primary


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"<script>x</script>", b"\x00\x01\x02" * 100, b"x" * 5_300_000])
def test_what_is_no_page_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"ma_page\.html"):
        read_one(content)


def test_a_page_nested_too_deep_or_made_to_harm_ends() -> None:
    assert read_one("<p>Début.</p>" + "<div>" * 100_000 + "fin")[1].content is not None
    thing = read_one('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><p>Un &b; texte.</p>')[1]
    assert thing.content is not None
    assert "&amp;b;" in thing.content.primary
