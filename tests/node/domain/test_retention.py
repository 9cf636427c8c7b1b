"""What is forgotten outlives what may still be needed."""

from __future__ import annotations

from datetime import timedelta

from node.domain import retention


def test_deliveries_outlive_the_time_in_which_they_are_tried() -> None:
    assert min(retention.PARKED, retention.DELIVERIES, retention.TASKS) > timedelta(days=7)
    assert timedelta(days=14) <= retention.INBOX_BODIES
    assert timedelta(days=1) >= retention.EVERY
