"""GoToSocial: everything whole, behind its summary; keys the account's own; nothing unasked."""

from __future__ import annotations

import pytest

from federation.appearance import Visibility
from federation.oracles.gotosocial import ORACLE
from kit.looked import GROUP, ORIGIN, activity, article, event, group, look, note, why_not


@pytest.mark.shows("ActivityPub", "Articles are shown whole, behind their summary.", peer="GoToSocial", how="oracle")
def test_an_article_is_whole_behind_its_summary() -> None:
    found = look(ORACLE, article())
    assert (found.warning, found.text) == ("En bref.", "<h2>Un</h2><p>En <b>long</b>.</p>")
    assert "The title is not shown." in found.notes


def test_a_name_without_summary_is_a_warning_too() -> None:
    assert look(ORACLE, note(name="Merci")).warning == "Merci"
    assert look(ORACLE, note()).warning == ""


def test_the_language_is_that_of_the_content() -> None:
    said = {"en": "<p>Thanks.</p>", "fr": "<p>Merci.</p>"}
    assert look(ORACLE, note(contentMap=said)).languages == ("fr",)


def test_what_is_for_nobody_is_refused() -> None:
    assert "addressed to nobody" in why_not(ORACLE, note(to=None, cc=None))
    assert look(ORACLE, note(to=[GROUP], cc=[])).visibility is Visibility.DIRECT


def test_the_key_is_the_accounts_own() -> None:
    key = group()["publicKey"]
    assert look(ORACLE, group()).becomes == "profile"
    assert "own" in why_not(ORACLE, group(publicKey=key | {"owner": ORIGIN}))
    assert look(ORACLE, group(publicKey=[key])).is_accepted


def test_events_and_places_are_posts() -> None:
    assert any("date and the place" in line for line in look(ORACLE, event()).notes)
    assert "There is no text." in look(ORACLE, article(type="Place", content=None, contentMap=None)).notes


def test_activities() -> None:
    assert any("follows the author" in line for line in look(ORACLE, activity("Create", article())).notes)
    assert "sent along" in why_not(ORACLE, activity("Create", f"{ORIGIN}/ressources/1"))
    assert look(ORACLE, activity("Announce", f"{ORIGIN}/ressources/1", actor=GROUP)).becomes == "boost"
    assert "wrapped" in why_not(ORACLE, activity("Announce", activity("Create", article())))
    assert "another server" in why_not(ORACLE, activity("Delete", "https://x.example/1"))
    assert "context" in why_not(ORACLE, note(**{"@context": None}))
