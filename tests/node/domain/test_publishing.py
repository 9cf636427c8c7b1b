from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.domain.entries import Audience
from node.domain.publishing import consequences, default_audience, is_wider, may_publish
from node.domain.rights import ANIMATION, MEMBER, OBSERVER

HOUSING = "https://a.example/communautes/habitation"
INBOXES = st.frozensets(st.sampled_from([f"https://{name}.example/inbox" for name in "abcdef"]))


def test_inside_a_community_the_default_is_the_community() -> None:
    assert default_audience(HOUSING) is Audience.COMMUNITY
    assert default_audience("") is Audience.SELF


@pytest.mark.parametrize(
    ("roles", "audience", "community", "readers", "expected"),
    [
        ([MEMBER], Audience.PUBLIC, HOUSING, [], "You may publish here."),
        ([OBSERVER, MEMBER], Audience.COMMUNITY, HOUSING, [], "You may publish here."),
        ([ANIMATION], Audience.CHOSEN, HOUSING, [HOUSING], "You may publish here."),
        ([], Audience.SELF, "", [], "You may publish here."),
        ([OBSERVER], Audience.SELF, HOUSING, [], "You may publish here."),
        ([], Audience.PUBLIC, HOUSING, [], "Only members publish here."),
        ([OBSERVER], Audience.COMMUNITY, HOUSING, [], "Your role lets you read, not publish."),
        ([MEMBER], Audience.COMMUNITY, "", [], "For the community? Say which one."),
        ([MEMBER], Audience.CHOSEN, HOUSING, [], "Name the chosen communities."),
    ],
)
def test_who_may_publish_to_whom(roles: list[str], audience: Audience, community: str, readers: list[str], expected: str) -> None:
    permission = may_publish(roles, audience, community=community, readers=readers)
    assert permission.reason.in_language("en") == expected
    assert permission.is_given is (expected == "You may publish here.")


def test_audiences_have_a_width() -> None:
    assert is_wider(Audience.SELF, Audience.COMMUNITY)
    assert is_wider(Audience.COMMUNITY, Audience.CHOSEN)
    assert is_wider(Audience.CHOSEN, Audience.PUBLIC)
    assert not is_wider(Audience.PUBLIC, Audience.PUBLIC)
    assert not is_wider(Audience.PUBLIC, Audience.COMMUNITY)


def test_narrowing_deletes_where_it_was_and_is_no_longer_meant() -> None:
    found = consequences(["a", "b"], ["b", "c"])
    assert [sorted(inboxes) for inboxes in (found.create, found.update, found.delete)] == [["c"], ["b"], ["a"]]


@given(had=INBOXES, meant=INBOXES)
def test_after_a_change_exactly_those_meant_have_it(had: frozenset[str], meant: frozenset[str]) -> None:
    found = consequences(had, meant)
    assert (had - found.delete) | found.create == meant
    assert found.create | found.update == meant
    assert not found.create & found.update
    assert not (found.create | found.update) & found.delete
