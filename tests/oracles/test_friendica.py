"""Friendica: the title, the source, a summary as a warning; what names a group in audience is the group's."""

from __future__ import annotations

import pytest

from federation.oracles.friendica import ORACLE
from kit.looked import GROUP, ORIGIN, activity, article, event, group, look, note, why_not


@pytest.mark.shows("FEP-1b12", "A member's post is announced whole, and read as a group's.", peer="Friendica", how="oracle")
def test_a_wrapped_creation_is_a_post_of_the_group() -> None:
    found = look(ORACLE, activity("Announce", activity("Create", article()), actor=GROUP))
    assert (found.becomes, found.title, found.warning) == ("group post", "L’accueil", "En bref.")
    assert look(ORACLE, article(audience=None)).becomes == "post"


@pytest.mark.parametrize("kind", ["text/markdown", "text/html", "text/bbcode"])
def test_the_source_wins(kind: str) -> None:
    assert look(ORACLE, article(source={"content": "source", "mediaType": kind})).text == "source"


def test_another_source_does_not() -> None:
    assert look(ORACLE, article(source={"content": "source", "mediaType": "text/x-org"})).text.startswith("<h2>")


def test_an_event_has_its_moment_and_place() -> None:
    found = look(ORACLE, event(location={"type": "Place", "name": "La Fabrique"}))
    assert {"It begins 2026-12-01T23:00:00Z.", "It takes place in: La Fabrique."} <= set(found.notes)
    assert "no start" in why_not(ORACLE, event(startTime=None))


def test_answers_are_comments_and_activities_need_their_things() -> None:
    assert look(ORACLE, note(inReplyTo=f"{ORIGIN}/ressources/1")).becomes == "comment"
    assert "somebody else" in why_not(ORACLE, activity("Create", article(), actor=GROUP))
    assert "no @context" in why_not(ORACLE, note(**{"@context": None}))
    assert look(ORACLE, activity("Announce", f"{ORIGIN}/ressources/1", actor=GROUP)).becomes == "share"


def test_a_group_is_a_group() -> None:
    assert any("shown as a group" in line for line in look(ORACLE, group()).notes)
    assert "publicKeyPem" in why_not(ORACLE, group(publicKey=None))
