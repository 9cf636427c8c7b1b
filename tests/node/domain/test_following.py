from __future__ import annotations

import string
from itertools import product

import pytest

from node.domain.following import TRANSITIONS, LinkEvent, LinkState, Side, Verdict, after, decide, next_step, sentence


@pytest.mark.parametrize(
    ("mode", "is_approved", "expected"),
    [
        ("archipelago", False, Verdict.HOLD),
        ("archipelago", True, Verdict.ACCEPT),
        ("friends", False, Verdict.HOLD),
        ("friends", True, Verdict.ACCEPT),
        ("open", False, Verdict.ACCEPT),
        ("open", True, Verdict.ACCEPT),
        ("anything else", False, Verdict.HOLD),
    ],
)
def test_who_may_follow_depends_on_the_mode(mode: str, is_approved: bool, expected: Verdict) -> None:
    assert decide(mode, is_approved=is_approved, is_blocked=False).verdict is expected


@pytest.mark.parametrize("mode", ["archipelago", "friends", "open"])
@pytest.mark.parametrize("already", [None, *LinkState])
@pytest.mark.parametrize("is_approved", [False, True])
def test_a_blocked_host_is_always_refused(mode: str, already: LinkState | None, is_approved: bool) -> None:
    assert decide(mode, is_approved=is_approved, is_blocked=True, already=already).verdict is Verdict.REFUSE


@pytest.mark.parametrize(
    ("already", "expected"),
    [
        (LinkState.REQUESTED, Verdict.ACCEPT),
        (LinkState.ACCEPTED, Verdict.ACCEPT),
        (LinkState.REFUSED, Verdict.HOLD),
        (LinkState.PAUSED, Verdict.HOLD),
        (LinkState.ENDED, Verdict.ACCEPT),
    ],
)
def test_what_was_before_counts_even_for_an_approved_host(already: LinkState, expected: Verdict) -> None:
    assert decide("open", is_approved=True, is_blocked=False, already=already).verdict is expected


def test_a_link_that_stands_is_confirmed_by_a_closed_node_too() -> None:
    assert decide("archipelago", is_approved=False, is_blocked=False, already=LinkState.ACCEPTED).verdict is Verdict.ACCEPT


def test_a_community_that_is_not_public_answers_for_itself() -> None:
    assert decide("open", is_approved=True, is_blocked=False, target_is_public=False).verdict is Verdict.HOLD


def test_every_answer_has_its_own_reason_in_both_languages() -> None:
    found = {
        decide(mode, is_approved=approved, is_blocked=blocked, target_is_public=public, already=already).reason
        for mode, approved, blocked, public, already in product(
            ("archipelago", "open"), (True, False), (True, False), (True, False), (None, *LinkState)
        )
    }
    assert len(found) == 8
    assert all([tag for tag, _ in reason.entries] == ["fr", "en"] for reason in found)


@pytest.mark.parametrize(
    ("state", "event", "expected"),
    [
        (None, LinkEvent.ASK, LinkState.REQUESTED),
        (None, LinkEvent.ACCEPT, None),
        (LinkState.REQUESTED, LinkEvent.ACCEPT, LinkState.ACCEPTED),
        (LinkState.REQUESTED, LinkEvent.REFUSE, LinkState.REFUSED),
        (LinkState.REQUESTED, LinkEvent.PAUSE, None),
        (LinkState.ACCEPTED, LinkEvent.END, LinkState.ENDED),
        (LinkState.ACCEPTED, LinkEvent.ASK, LinkState.ACCEPTED),
        (LinkState.PAUSED, LinkEvent.RESUME, LinkState.ACCEPTED),
        (LinkState.REFUSED, LinkEvent.ACCEPT, LinkState.ACCEPTED),
        (LinkState.ENDED, LinkEvent.ASK, LinkState.REQUESTED),
        (LinkState.ENDED, LinkEvent.ACCEPT, None),
    ],
)
def test_links_change_by_the_table(state: LinkState | None, event: LinkEvent, expected: LinkState | None) -> None:
    assert after(state, event) is expected


def test_every_state_can_be_reached_and_left() -> None:
    assert set(TRANSITIONS.values()) == set(LinkState)
    for state in LinkState:
        assert {after(state, event) for event in LinkEvent} - {state, None}, f"{state} is a dead end"


@pytest.mark.parametrize(("state", "side"), list(product(LinkState, Side)))
def test_every_state_is_said_from_both_sides(state: LinkState, side: Side) -> None:
    for _, words in sentence(state, side).entries:
        names = {name for _, name, _, _ in string.Formatter().parse(words) if name}
        assert names <= {"follower", "target"}
        assert words.format(follower="A", target="B")
    assert [tag for tag, _ in next_step(state, side).entries] == ["fr", "en"]
