"""What somebody takes along of what is known of them: a page in words, for whoever has no program for it."""

from __future__ import annotations

from kit.web_node import WebNode, web_node
from node.domain.personal_words import PLACES
from node.storage.personal import PERSONAL

PATH = "/moi/donnees/tout.html"


async def taken(node: WebNode, language: str) -> str:
    got = await node.get(f"{PATH}?langue={language}", accept="*/*", person=f"{node.url}/personnes/mireille")
    assert got.status == 200
    return got.text


async def test_the_page_says_it_in_words_and_folds_away_what_is_for_programs() -> None:
    async with web_node() as node:
        french, english = await taken(node, "fr"), await taken(node, "en")
    for words in ("<h3>Le compte</h3>", "<dt>Courriel</dt>", "<dt>Nom</dt>", "<details><summary>Le reste, tel"):
        assert words in french
    for words in ("<h3>The account</h3>", "<dt>Email</dt>", "<details><summary>The rest, as programs"):
        assert words in english
    shown = french.replace("</pre>", "<pre>").split("<pre>")[::2]
    assert "@context" not in "".join(shown)
    assert "+00:00" not in "".join(shown)


def test_every_place_that_is_shown_has_a_name() -> None:
    assert {place.table for place in PERSONAL if place.is_told} <= set(PLACES)
