"""Where a draft goes, when it says little."""

from __future__ import annotations

import pytest

from node.domain.entries import Audience, Entry
from node.domain.placing import Placement, as_before
from node.domain.visibility import Scope


def test_without_a_word_it_is_for_the_community_or_for_nobody() -> None:
    assert Placement(author="a", community="c").reach is Audience.COMMUNITY
    assert Placement(author="a").reach is Audience.SELF
    assert Placement(author="a", audience=Audience.PUBLIC).reach is Audience.PUBLIC


def test_what_its_author_may_look_through() -> None:
    assert Placement(author="a", community="c").scope == Scope(actor="a", communities=frozenset({"c"}))
    assert Placement(author="a").scope == Scope(actor="a")


@pytest.mark.parametrize(("audience", "readers"), [(Audience.CHOSEN, frozenset({"b"})), (Audience.PUBLIC, frozenset())])
def test_a_new_version_goes_where_the_thing_is(audience: Audience, readers: frozenset[str]) -> None:
    entry = Entry(iri="x", type="Note", kind="Note", audience=audience, author="a", community="c", readers=frozenset({"b"}))
    expected = Placement(author="d", community="c", audience=audience, readers=readers, replaces="x", comment="mieux dit")
    assert as_before(entry, "d", "mieux dit") == expected
