"""The door goes first in a rush, but not for ever."""

from __future__ import annotations

from node.domain.courtesy import LOOK, PATIENCE, STILL, Courtesy


def flow(courtesy: Courtesy, start: float, seconds: float, rate: int) -> float:
    """So many arrivals a second; when they end."""
    for number in range(int(seconds * rate)):
        courtesy.arrived(start + number / rate)
    return start + seconds


def test_nobody_waits_when_little_comes() -> None:
    courtesy = Courtesy()
    assert courtesy.pause(0.0) == 0
    end = flow(courtesy, 0.0, 1.0, 40)
    assert courtesy.pause(end) == 0


def test_a_rush_goes_first_and_is_over_soon_after_its_end() -> None:
    courtesy = Courtesy()
    end = flow(courtesy, 0.0, 0.5, 2_000)
    assert courtesy.pause(end) == LOOK
    assert courtesy.pause(end + LOOK) == LOOK
    assert courtesy.pause(end + 2 * STILL) == 0


def test_a_rush_that_does_not_end_is_not_let_first_for_ever() -> None:
    courtesy = Courtesy()
    end, waited = flow(courtesy, 0.0, 0.5, 2_000), 0.0
    while (pause := courtesy.pause(end)) > 0:
        waited += pause
        end = flow(courtesy, end, pause, 2_000)
    assert PATIENCE <= waited < PATIENCE + 2 * LOOK
    assert courtesy.pause(flow(courtesy, end, 0.2, 2_000)) == 0


def test_after_a_quiet_moment_the_next_rush_goes_first_again() -> None:
    courtesy = Courtesy()
    end = flow(courtesy, 0.0, 0.5, 2_000)
    while (pause := courtesy.pause(end)) > 0:
        end = flow(courtesy, end, pause, 2_000)
    assert courtesy.pause(end + 3.0) == 0
    assert courtesy.pause(flow(courtesy, end + 3.0, 0.5, 2_000)) == LOOK
