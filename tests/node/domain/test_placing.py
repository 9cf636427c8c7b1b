"""Where a draft goes, when it says little."""

from __future__ import annotations

from node.domain.entries import Audience
from node.domain.placing import Placement
from node.domain.visibility import Scope


def test_without_a_word_it_is_for_the_community_or_for_nobody() -> None:
    assert Placement(author="a", community="c").reach is Audience.COMMUNITY
    assert Placement(author="a").reach is Audience.SELF
    assert Placement(author="a", audience=Audience.PUBLIC).reach is Audience.PUBLIC


def test_what_its_author_may_look_through() -> None:
    assert Placement(author="a", community="c").scope == Scope(actor="a", communities=frozenset({"c"}))
    assert Placement(author="a").scope == Scope(actor="a")
