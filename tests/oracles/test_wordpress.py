"""WordPress: comments under articles; everything else only for those who write there."""

from __future__ import annotations

import pytest

from federation.appearance import Visibility
from federation.oracles.wordpress import ORACLE
from kit.looked import GROUP, ORIGIN, activity, article, group, look, note, why_not


@pytest.mark.shows("ActivityPub", "Answers become comments.", peer="WordPress", how="oracle")
def test_an_answer_is_a_comment() -> None:
    found = look(ORACLE, activity("Create", note(inReplyTo="https://blogue.example/1")))
    assert (found.becomes, found.visibility, found.text) == ("comment", Visibility.PUBLIC, "<p>Merci.</p>")


def test_an_article_is_for_the_reader_of_those_who_write() -> None:
    found = look(ORACLE, activity("Create", article(name="<i>L’accueil</i>")))
    assert (found.becomes, found.title, found.visibility) == ("post in the reader", "L’accueil", Visibility.FOLLOWERS)


def test_an_attachment_of_no_known_kind_is_taken_for_a_picture() -> None:
    odd = {"type": "Document", "url": "https://x.example/1.pdf", "mediaType": "application/pdf", "name": "Le plan"}
    link = {"type": "Link", "href": "https://x.example/2"}
    assert [each.alt for each in look(ORACLE, article(attachment=[odd, link])).pictures] == ["Le plan"]


def test_what_it_does_not_take() -> None:
    assert "no content" in why_not(ORACLE, article(content=None))
    assert "not public" in why_not(ORACLE, article(to=[GROUP], cc=[]))
    assert "another server" in why_not(ORACLE, article(attributedTo="https://x.example/a"))
    assert "somebody else" in why_not(ORACLE, activity("Create", article(), actor=GROUP))
    assert "sent along" in why_not(ORACLE, activity("Create", f"{ORIGIN}/ressources/1"))
    assert "Place" in why_not(ORACLE, article(type="Place"))


def test_an_actor_needs_an_inbox_and_one_key() -> None:
    assert look(ORACLE, group()).title == "Habitation"
    assert "`publicKey`" in why_not(ORACLE, group(publicKey=[group()["publicKey"]]))
    assert "inbox" in why_not(ORACLE, group(inbox=None, endpoints=None))
    assert look(ORACLE, group(inbox=None)).is_accepted
