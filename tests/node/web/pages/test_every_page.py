"""Every page, in both languages, on real rows: valid, whole, light, and without a word that only we understand."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from babel.messages.pofile import read_po

from kit.village_round import WALKED
from node.collect import collect
from node.contracts import Endpoint
from node.web import endpoints
from node.web.routing import Routes

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
JARGON = re.compile(
    r"\b(instances?|activitypub|fédération|fédivers|fediverse|inbox|outbox|slug|tokens?|URI|IRI)\b", re.IGNORECASE
)
#: A phrase of fewer characters may be one of both languages.
LONG = 12


class Outline(HTMLParser):
    """What a page is made of: its open elements, headings, ids, links and words; `faults` is what is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.inputs: list[dict[str, str | None]] = []
        self.labels: set[str | None] = set()
        self.styles: list[str] = []
        self.landmarks: list[str] = []
        self.hrefs: list[str] = []
        self.faults: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in {"main", "nav", "footer"}:
            self.landmarks.append(tag)
        if tag == "label":
            self.labels.add(given.get("for"))
        if tag == "input" and given.get("type") != "hidden" and "hidden" not in given:
            self.inputs.append(given)
        self.ids.extend(value for name, value in attrs if name == "id" and value)
        self.styles.extend(name for name, _ in attrs if name == "style" or name.startswith("on"))
        self.hrefs.extend(value for name, value in attrs if name == "href" and value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["script"], ["code"]) and data.strip():
            self.words.append(data)


def outlined(html: str) -> Outline:
    outline = Outline()
    outline.feed(html)
    outline.close()
    return outline


def test_every_page_has_an_address_here(village: Any, addresses: tuple[str, ...]) -> None:
    routes = Routes(village.pages, {})
    shown = {found.page.name for url in addresses if (found := routes.find(url.split("?")[0])) and found.page}
    assert shown | WALKED == set(village.pages)
    assert not shown & WALKED, "what is here needs no other look"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_are_whole(village: Any, addresses: tuple[str, ...], language: str) -> None:
    for address in addresses:
        html = village.html(f"{address}{'&' if '?' in address else '?'}langue={language}")
        outline = outlined(html)
        assert outline.faults == [], address
        assert outline.open == [], address
        assert outline.headings.count(1) == 1, address
        assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False)), address
        assert len(outline.ids) == len(set(outline.ids)), address
        assert outline.landmarks.count("main") == 1, address
        assert outline.styles == [], f"{address}: the policy lets no style or script stand in a page"
        assert all(given.get("id") in outline.labels for given in outline.inputs), address
        assert len(html.encode()) < 100_000, address
        assert f'<html lang="{language}-CA"' in html, address


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_speak_plainly(village: Any, addresses: tuple[str, ...], language: str) -> None:
    for address in addresses:
        words = " ".join(outlined(village.html(f"{address}{'&' if '?' in address else '?'}langue={language}")).words)
        found = JARGON.findall(words)
        assert not found, f"{address}: {found}"


def test_links_keep_the_language_that_was_asked_for(village: Any) -> None:
    hrefs = outlined(village.html("/communautes?langue=en")).hrefs
    inner = [href for href in hrefs if href.startswith("/") and not href.startswith(("/static/", "/vocab/", "/manifest."))]
    assert inner
    assert all("langue=" in href for href in inner)
    plain = outlined(village.html("/communautes")).hrefs
    assert not [href for href in plain if "langue=" in href and "langue=en" not in href]


def test_every_link_of_this_site_leads_somewhere(village: Any, addresses: tuple[str, ...]) -> None:
    routes = Routes(village.pages, collect(endpoints, "ENDPOINT", Endpoint))
    for address in addresses:
        for href in outlined(village.html(address)).hrefs:
            path = href.split("?")[0].split("#")[0]
            if path.startswith("/") and not path.startswith("/static/"):
                found = routes.find(path)
                assert found is not None, f"{address} links to {href}"
                assert "GET" in found.methods, f"{address} links to {href}"


def test_english_pages_hold_no_french_of_the_interface(village: Any, addresses: tuple[str, ...]) -> None:
    french = {phrase for phrase in _phrases() if len(phrase) > LONG}
    for address in addresses:
        assert not words_of(village.html(f"{address}{'&' if '?' in address else '?'}langue=en")) & french, address


def test_french_pages_hold_no_english_of_the_interface(village: Any, addresses: tuple[str, ...]) -> None:
    """A single word may be of both languages."""
    phrases = _phrases()
    english = {phrase for phrase in phrases.values() if len(phrase) > LONG and " " in phrase} - set(phrases)
    for address in addresses:
        assert not words_of(village.html(f"{address}{'&' if '?' in address else '?'}langue=fr")) & english, address


def words_of(html: str) -> set[str]:
    """The texts of a page, each between two tags."""
    return {" ".join(text.split()) for text in outlined(html).words}


def _phrases() -> dict[str, str]:
    from node.web.translations import LOCALES

    with (LOCALES / "en" / "LC_MESSAGES" / "node.po").open("rb") as file:
        found = [(message.id, message.string) for message in read_po(file) if isinstance(message.id, str)]
    return {str(french): str(english) for french, english in found if french != english}
