from __future__ import annotations

import pytest

from node.domain.discovery import ACTOR, KINDS, kind_of, linked

PAGE = b"""<!doctype html><html><HEAD>
<link rel="alternate" type="application/rss+xml; charset=utf-8" href="/rss?a=1&amp;b=2">
<LINK REL='feed Alternate' TYPE='application/atom+xml' HREF='atom'>
<link rel=alternate type=application/activity+json href=https://blogue.example/?author=0>
<link rel="alternate" type="application/atom+xml" href="javascript:x"><link rel="icon" type="application/atom+xml" href="/x">
</head><body><link rel="alternate" type="application/atom+xml" href="/par-un-commentaire"></body></html>"""


def test_feeds_of_a_page_the_best_kind_first() -> None:
    url = "https://blogue.example/accueil/"
    assert linked(PAGE, url, *KINDS) == ["https://blogue.example/accueil/atom", "https://blogue.example/rss?a=1&b=2"]
    assert linked(PAGE, url, ACTOR) == ["https://blogue.example/?author=0"]
    assert linked(b"", url, *KINDS) == []


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- x --><feed", "atom"), (b"<rss version", "rss"), (b"<rdf:RDF ", "rss"),
        (b"<!DOCTYPE html><html>", "html"), (b"begin:vcalendar\r\n", "icalendar"), (b' {"version"', "jsonfeed"), (b"", ""),
        ("<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"), "rss"), (b"GIF89a<rss>", ""), (b"<feedback>", ""),
    ],
)  # fmt: skip
def test_what_a_document_is(start: bytes, kind: str) -> None:
    assert kind_of(start) == kind


@pytest.mark.parametrize("part", [b"<link ", b"<link a=", b"<", b"<link a='", b'<link rel="alternate" href="', b"<body"])
def test_a_page_that_never_ends_is_read_fast(part: bytes) -> None:
    assert linked(part * 40_000, "https://x.example/", *KINDS) == []
