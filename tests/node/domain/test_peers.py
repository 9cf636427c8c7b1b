from __future__ import annotations

import pytest

from node.domain.peers import LINK_ACTIVITIES, Opinion, Trust, may_fetch_from, may_receive_from

MODES = ("archipelago", "friends", "open")


@pytest.mark.parametrize("mode", MODES)
def test_nothing_comes_from_a_blocked_server(mode: str) -> None:
    assert not may_receive_from(mode, Trust.BLOCKED, is_followed=True, activity="Follow").is_allowed
    assert not may_fetch_from(mode, Trust.BLOCKED, is_followed=True, is_vouched=True).is_allowed


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("trust", "is_followed"), [(Trust.APPROVED, False), (Trust.UNKNOWN, True)])
def test_all_comes_from_one_approved_or_followed(mode: str, trust: Trust, is_followed: bool) -> None:
    assert may_receive_from(mode, trust, is_followed=is_followed, activity="Create").is_allowed
    assert may_fetch_from(mode, trust, is_followed=is_followed).is_allowed


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("activity", sorted(LINK_ACTIVITIES))
def test_anybody_may_knock(mode: str, activity: str) -> None:
    assert may_receive_from(mode, Trust.UNKNOWN, activity=activity).is_allowed


@pytest.mark.parametrize(("mode", "expected"), [("archipelago", False), ("friends", False), ("open", True)])
def test_a_stranger_is_heard_only_by_an_open_node(mode: str, expected: bool) -> None:
    assert may_receive_from(mode, Trust.UNKNOWN, activity="Create").is_allowed is expected
    assert may_fetch_from(mode, Trust.UNKNOWN).is_allowed is expected


@pytest.mark.parametrize(("mode", "expected"), [("archipelago", False), ("friends", True), ("open", True)])
def test_what_a_friend_refers_to_is_fetched_among_friends(mode: str, expected: bool) -> None:
    assert may_fetch_from(mode, Trust.UNKNOWN, is_vouched=True).is_allowed is expected


def test_the_reason_says_why() -> None:
    stranger: Opinion = may_fetch_from("archipelago", Trust.UNKNOWN)
    assert stranger.reason.in_language("en") == "This node is neither approved nor followed here; someone can approve it."
    assert may_fetch_from("archipelago", Trust.BLOCKED).reason.in_language("fr") == "Ce nœud est bloqué ici."
    assert may_fetch_from("friends", Trust.UNKNOWN, is_vouched=True).reason.in_language("en") == "A friendly node refers to it."
