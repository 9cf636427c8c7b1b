"""Mobilizon: events with one place, a start and a way to join it knows; other texts are not its business."""

from __future__ import annotations

from typing import Any

import pytest

from federation.appearance import Visibility
from federation.oracles.mobilizon import ORACLE
from kit.looked import AUTHOR, GROUP, ORIGIN, activity, article, event, group, look, note, why_not
from vocab.namespaces import PUBLIC

PLACE = {"type": "Place", "name": "La Fabrique"}


@pytest.mark.shows("FEP-8a8e", "Events are read, with their moment and their place.", peer="Mobilizon", how="oracle")
def test_an_event_has_its_moment_and_its_place() -> None:
    found = look(ORACLE, event(location=PLACE, joinMode="restricted"))
    assert (found.becomes, found.visibility, found.title) == ("event", Visibility.PUBLIC, "L’accueil")
    assert "It begins 2026-12-01T23:00:00Z, America/Montreal." in found.notes
    assert "It takes place in: La Fabrique." in found.notes
    assert "Everybody may join with one click." not in found.notes
    assert "Everybody may join with one click." in look(ORACLE, event()).notes


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"location": [PLACE]}, "`location` is a list"),
        ({"joinMode": "none"}, "cannot join"),
        ({"startTime": None}, "no start"),
        ({"name": "Oh"}, "between 3 and 200"),
        ({"endTime": "2026-11-30T01:00:00Z"}, "ends before"),
        ({"to": PUBLIC}, "`to` is no list"),
        ({"attachment": ["https://x.example/1"]}, "bare address"),
        ({"attributedTo": [AUTHOR, GROUP]}, "`attributedTo` is a list"),
    ],
)
def test_what_an_event_may_not_be(changed: dict[str, Any], reason: str) -> None:
    assert reason in why_not(ORACLE, event(**changed))


def test_an_event_in_cc_alone_is_unlisted() -> None:
    assert look(ORACLE, event(to=[GROUP], cc=[PUBLIC])).visibility is Visibility.UNLISTED


def test_the_meeting_online_is_a_link_called_website() -> None:
    link = {"type": "Link", "href": "https://rencontre.example/1", "mediaType": "text/html", "name": "Website"}
    assert look(ORACLE, event(attachment=[link])).cards[0].url == "https://rencontre.example/1"
    assert look(ORACLE, event(attachment=[link | {"name": "Ailleurs"}])).cards == ()


def test_an_article_is_a_post_of_a_group_or_nothing() -> None:
    assert "post of a group" in why_not(ORACLE, article())
    assert look(ORACLE, article(actor=AUTHOR, attributedTo=GROUP)).becomes == "post"


def test_a_note_is_shown_under_an_event_only() -> None:
    assert look(ORACLE, note()).visibility is Visibility.NOT_SHOWN
    assert look(ORACLE, note(inReplyTo=f"{ORIGIN}/rencontres/1")).visibility is Visibility.PUBLIC


def test_activities_and_actors() -> None:
    assert look(ORACLE, activity("Create", event())).becomes == "event"
    assert look(ORACLE, activity("Announce", f"{ORIGIN}/rencontres/1")).becomes == "share"
    assert "wrapped" in why_not(ORACLE, activity("Announce", activity("Create", event())))
    assert look(ORACLE, activity("Join", f"{ORIGIN}/rencontres/1")).becomes == "join"
    assert "`publicKey`" in why_not(ORACLE, group(publicKey=[group()["publicKey"]]))
    assert "can be followed" in " ".join(look(ORACLE, group(type="Person")).notes)
