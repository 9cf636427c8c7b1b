"""Where a link stands, step by step: the words, the dates, and what can be done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from node.domain.following import LinkState
from node.domain.standing import Deed, Signs, Stage, standing

DAY = datetime(2026, 11, 3, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "more", "stage", "deeds"),
    [
        (LinkState.REQUESTED, {"is_on_its_way": True}, Stage.ASKED, (Deed.AGAIN, Deed.WITHDRAW)),
        (LinkState.REQUESTED, {}, Stage.WAITING, (Deed.AGAIN, Deed.WITHDRAW)),
        (LinkState.REQUESTED, {"failing_since": LATER}, Stage.WAITING, (Deed.AGAIN, Deed.WITHDRAW)),
        (LinkState.REQUESTED, {"is_on_its_way": True, "failing_since": LATER}, Stage.UNREACHABLE, (Deed.AGAIN, Deed.WITHDRAW)),
        (LinkState.ACCEPTED, {"answered_at": LATER}, Stage.ACTIVE, (Deed.PAUSE, Deed.LEAVE)),
        (LinkState.ACCEPTED, {"failing_since": LATER}, Stage.UNREACHABLE, (Deed.AGAIN, Deed.LEAVE)),
        (LinkState.PAUSED, {"failing_since": LATER}, Stage.PAUSED, (Deed.RESUME, Deed.LEAVE)),
        (LinkState.REFUSED, {}, Stage.REFUSED, (Deed.AGAIN, Deed.WITHDRAW)),
        (LinkState.ENDED, {}, Stage.ENDED, (Deed.AGAIN,)),
    ],
)
def test_every_state_is_a_stage_with_its_deeds(
    state: LinkState, more: dict[str, Any], stage: Stage, deeds: tuple[Deed, ...]
) -> None:
    found = standing(Signs(state=state, requested_at=DAY, **more))
    assert (found.stage, found.deeds) == (stage, deeds)
    for language in ("fr", "en"):
        words = found.words().in_language(language).format(since="le 3", next="demain")
        assert "{" not in words
        assert found.label().in_language(language)


def test_the_dates_are_those_of_the_stage() -> None:
    away = standing(Signs(state=LinkState.ACCEPTED, requested_at=DAY, failing_since=LATER, next_try_at=LATER))
    assert (away.since, away.next_at) == (LATER, LATER)
    assert standing(Signs(state=LinkState.ACCEPTED, requested_at=DAY, answered_at=LATER)).since == LATER
    assert standing(Signs(state=LinkState.REQUESTED, requested_at=DAY, answered_at=LATER)).since == DAY
