"""Lemmy: one odd value and the whole is refused; a post needs a community, everybody in full, and its wrapping."""

from __future__ import annotations

from typing import Any

import pytest

from federation.oracles.lemmy import ORACLE
from kit.looked import AUTHOR, GROUP, ORIGIN, activity, article, event, group, look, note, why_not

LINK = {"type": "Link", "href": "https://www.quebec.ca/", "mediaType": "text/html"}
PICTURE = {"type": "Image", "url": "https://x.example/1.png", "name": "Une salle"}


@pytest.mark.shows("FEP-1b12", "A member's post is announced whole, and read as a post.", peer="Lemmy", how="oracle")
def test_a_wrapped_creation_is_a_post() -> None:
    found = look(ORACLE, activity("Announce", activity("Create", article()), actor=GROUP))
    assert (found.becomes, found.title, found.text, found.author) == ("post", "L’accueil", "Un\nEn long.", AUTHOR)
    assert "whole activity" in why_not(ORACLE, activity("Announce", article()))
    assert "whole activity" in why_not(ORACLE, activity("Announce", f"{ORIGIN}/ressources/1"))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"attachment": LINK}, "`attachment` is no list"),
        ({"attachment": ["https://x.example/1"]}, "neither Link"),
        ({"attachment": [{"type": "Image", "url": ["https://x.example/1"]}]}, "not one address"),
        ({"to": ["as:Public"]}, "no address"),
        ({"to": [GROUP], "cc": []}, "not public"),
        ({"audience": None, "cc": []}, "names no community"),
        ({"attributedTo": [AUTHOR]}, "bare addresses"),
        ({"context": {"id": f"{ORIGIN}/conversations/1", "type": "Collection"}}, "`context`"),
        ({"published": "hier"}, "`published`"),
        ({"language": "fr"}, "`language`"),
        ({"mediaType": "text/plain"}, "`mediaType`"),
        ({"image": "https://x.example/1.png"}, "`image`"),
        ({"sensitive": "no"}, "`sensitive`"),
        ({"inReplyTo": f"{ORIGIN}/ressources/2"}, "Only a Note"),
        ({"type": ["Article", "PracticeNote"]}, "only one type"),
        ({"id": "https://x.example/1"}, "another server"),
    ],
)
def test_one_odd_value_is_one_too_many(changed: dict[str, Any], reason: str) -> None:
    assert reason in why_not(ORACLE, article(**changed))


def test_the_link_is_the_first_attachment() -> None:
    found = look(ORACLE, article(attachment=[LINK, PICTURE]))
    assert (found.link, found.pictures, found.cards[0].url) == ("https://www.quebec.ca/", (), "https://www.quebec.ca/")
    assert look(ORACLE, article(attachment=[PICTURE])).pictures[0].alt == "Une salle"


def test_the_source_wins_over_the_content_and_long_titles_are_cut() -> None:
    source = {"content": "En **long**.", "mediaType": "text/markdown"}
    found = look(ORACLE, article(source=source, name="a" * 300))
    assert (found.text, len(found.title)) == ("En **long**.", 200)


def test_a_note_without_name_is_called_by_its_first_line() -> None:
    assert look(ORACLE, note()).title == "Merci."


def test_an_answer_is_a_comment() -> None:
    answer = note(inReplyTo=f"{ORIGIN}/ressources/1")
    assert look(ORACLE, answer).becomes == "comment"
    assert "`inReplyTo`" in why_not(ORACLE, note(inReplyTo=[f"{ORIGIN}/ressources/1"]))
    assert "content" in why_not(ORACLE, note(inReplyTo=f"{ORIGIN}/ressources/1", content=None))


def test_the_day_of_an_event_is_not_shown() -> None:
    assert any("date and the place" in line for line in look(ORACLE, event()).notes)


@pytest.mark.shows("FEP-1b12", "A community is read as one, and as public.", peer="Lemmy", how="oracle")
def test_a_group_that_approves_its_followers_would_be_a_private_community() -> None:
    assert look(ORACLE, group()).becomes == "profile"
    assert "private community" in why_not(ORACLE, group(manuallyApprovesFollowers=True))
    assert "is a list" in why_not(ORACLE, group(publicKey=[group()["publicKey"]]))
    assert "`outbox`" in why_not(ORACLE, group(outbox=None))


@pytest.mark.parametrize(
    ("content_type", "is_read"),
    [
        ("application/activity+json", True),
        ("Application/Activity+JSON; charset=UTF-8", True),
        ('application/ld+json; profile="https://www.w3.org/ns/activitystreams"', True),
        ('application/ld+json; profile="https://www.w3.org/ns/activitystreams"; charset=utf-8', False),
        ("application/activity+json;charset=utf-8", False),
    ],
)
def test_three_exact_types(content_type: str, is_read: bool) -> None:
    assert look(ORACLE, article(), content_type=content_type).is_accepted is is_read


def test_the_id_is_the_address() -> None:
    assert "not the address" in why_not(ORACLE, article(), url=f"{ORIGIN}/autre")
    assert look(ORACLE, article(), url=f"{ORIGIN}/ressources/1").is_accepted


def test_answers_embed_what_they_answer_and_creations_say_to_and_cc() -> None:
    follow = activity("Follow", GROUP)
    assert look(ORACLE, activity("Accept", follow)).becomes == "accept"
    assert "whole" in why_not(ORACLE, activity("Accept", f"{ORIGIN}/activites/2"))
    assert "`cc`" in why_not(ORACLE, activity("Create", article(), cc=None))
