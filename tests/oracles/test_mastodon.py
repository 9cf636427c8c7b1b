"""Mastodon: a note whole, an article as title, summary and link, and nothing without the literal context."""

from __future__ import annotations

import pytest

from federation.appearance import Visibility
from federation.oracles.mastodon import ORACLE
from kit.looked import AUTHOR, GROUP, ORIGIN, activity, article, group, look, note, why_not
from vocab.namespaces import PUBLIC


@pytest.mark.shows("ActivityPub", "Articles are read: title, summary and a link.", peer="Mastodon", how="oracle")
def test_an_article_is_its_title_its_summary_and_a_link() -> None:
    found = look(ORACLE, article())
    assert (found.becomes, found.visibility, found.title, found.warning) == ("status", Visibility.PUBLIC, "L’accueil", "")
    assert found.text == f'<p>En bref.</p>\n\n<a href="{ORIGIN}/ressources/1">{ORIGIN}/ressources/1</a>'
    assert any("content is not shown" in line for line in found.notes)


def test_a_note_is_whole_and_its_summary_a_warning() -> None:
    found = look(ORACLE, note(summary="Attention", content="<h2>Un</h2><table><tr><td>x</td></tr></table>"))
    assert (found.warning, found.text) == ("Attention", "<p><strong>Un</strong></p>x")


@pytest.mark.parametrize(
    ("to", "cc", "visibility"),
    [
        ([PUBLIC], [], Visibility.PUBLIC),
        (["as:Public"], [], Visibility.PUBLIC),
        ([GROUP], [PUBLIC], Visibility.UNLISTED),
        ([f"{AUTHOR}/followers"], [], Visibility.FOLLOWERS),
        ([GROUP], [], Visibility.DIRECT),
    ],
)
def test_who_sees_it(to: list[str], cc: list[str], visibility: Visibility) -> None:
    assert look(ORACLE, note(to=to, cc=cc)).visibility is visibility


def test_the_first_language_counts() -> None:
    assert look(ORACLE, note(contentMap={"fr": "a", "en": "b"})).languages == ("fr",)


@pytest.mark.parametrize("context", [None, "http://www.w3.org/ns/activitystreams", [{"as": "x"}]])
def test_without_the_literal_context_it_is_ignored(context: object) -> None:
    assert "context" in why_not(ORACLE, note(**{"@context": context}))


@pytest.mark.parametrize(
    ("content_type", "is_read"),
    [
        ("application/activity+json; charset=utf-8", True),
        ('application/ld+json; profile="https://www.w3.org/ns/activitystreams"', True),
        ("application/ld+json", False),
        ("application/json", False),
    ],
)
def test_types_of_answers(content_type: str, is_read: bool) -> None:
    assert look(ORACLE, note(), content_type=content_type).is_accepted is is_read


def test_another_id_is_asked_again() -> None:
    found = look(ORACLE, note(), url=f"{ORIGIN}/autre")
    assert found.is_accepted
    assert "asked once more" in found.notes[-1]


def test_only_four_pictures_and_their_words() -> None:
    picture = {"type": "Image", "mediaType": "image/png", "url": "https://x.example/1.png", "name": "Une salle"}
    found = look(ORACLE, note(attachment=[picture] * 5))
    assert [each.alt for each in found.pictures] == ["Une salle"] * 4


def test_the_first_link_that_is_attached_is_the_page_that_is_previewed() -> None:
    """Mastodon 4.7: app/lib/activitypub/parser/preview_card_parser.rb reads its href; pull request 36104."""
    links = [{"type": "Link", "href": f"https://x.example/{number}", "name": f"Page {number}"} for number in (1, 2)]
    assert [card.title for card in look(ORACLE, note(attachment=links)).cards] == ["Page 1"]


def test_a_file_is_shown_beside_the_link() -> None:
    link = {"type": "Link", "href": "https://x.example/", "mediaType": "text/html"}
    file = {"type": "Document", "url": "https://x.example/1.pdf", "mediaType": "application/pdf", "name": "Le plan"}
    assert [card.title for card in look(ORACLE, note(attachment=[link, file])).cards] == ["", "Le plan"]


def test_activities() -> None:
    assert look(ORACLE, activity("Create", article())).becomes == "status"
    assert "another server" in why_not(ORACLE, activity("Create", article(id="https://x.example/1")))
    assert "somebody else" in why_not(ORACLE, activity("Create", article(attributedTo=GROUP)))
    assert "when it was updated" in why_not(ORACLE, activity("Update", article()))
    assert look(ORACLE, activity("Update", article(updated="2026-11-23T10:00:00Z"))).becomes == "edit"
    assert look(ORACLE, activity("Announce", f"{ORIGIN}/ressources/1")).becomes == "boost"
    assert "wrapped" in why_not(ORACLE, activity("Announce", activity("Create", article())))
    assert "does nothing with Join" in why_not(ORACLE, activity("Join", f"{ORIGIN}/rencontres/1"))


def test_an_actor_needs_name_inbox_and_key() -> None:
    assert look(ORACLE, group()).becomes == "profile"
    for key in ("inbox", "preferredUsername", "publicKey"):
        assert key.removeprefix("public").lower() in why_not(ORACLE, group(**{key: None})).lower()


def test_a_place_is_nothing() -> None:
    assert "Place" in why_not(ORACLE, article(type="Place"))
