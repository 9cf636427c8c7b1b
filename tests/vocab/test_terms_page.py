from __future__ import annotations

import re
from html.parser import HTMLParser

from vocab import concepts
from vocab.ontology import minted_slots, minted_types
from vocab.terms_page import terms_page
from vocab.types import key_of

PAGE = terms_page()
_VOID = {"meta", "link", "br"}


class _Balance(HTMLParser):
    """Fails at the first tag that closes another than the last one opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 -- as the parser calls it
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_word_and_concept_has_its_place_that_an_address_leads_to() -> None:
    ids = re.findall(r'<div id="([^"]+)"', PAGE)
    expected = {key_of(cls) for cls in minted_types()} | {slot.term.iri.rpartition("#")[2] for slot in minted_slots()}
    expected |= {f"{name}/{concept.slug}" for name in concepts.names() for concept in concepts.scheme(name)}
    assert set(ids) == expected
    assert len(ids) == len(expected)


def test_the_page_is_complete_html_in_both_languages_and_fetches_nothing() -> None:
    balance = _Balance()
    balance.feed(PAGE)
    assert balance.open == []
    assert PAGE.count('<dd lang="fr">') == PAGE.count('<dd lang="en">') == PAGE.count("<dt>")
    assert not re.search(r"<script|<img|src=|@import", PAGE)
