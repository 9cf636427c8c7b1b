"""A node that is killed, or told to stop, while it delivers: all that was promised arrives. Real processes, real sockets."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit import kill_fanout
from kit.inboxes import Inboxes, inboxes
from kit.kill_fanout import ADDRESSES, Publisher
from kit.live import until


@pytest.fixture
def boxes() -> Iterator[Inboxes]:
    with inboxes(*ADDRESSES) as opened:
        yield opened


def publisher(folder: Path, boxes: Inboxes, per_host: int) -> Publisher:
    made = Publisher(folder / "node", boxes, per_host=per_host)
    made.node.start()
    return made


def test_killed_between_the_delivery_and_its_mark_it_delivers_again_l02(tmp_path: Path, boxes: Inboxes) -> None:
    boxes.seconds = 60.0  # nobody has answered yet when the power goes
    sender = publisher(tmp_path, boxes, per_host=1)
    try:
        sender.publish("Une note")
        until(lambda: len(boxes.came) == 3)
        sender.node.kill()
        assert sender.counts() == {"due": 3}, "nobody has written down yet that it arrived"
        boxes.seconds = 0.0
        sender.node.start()
        until(lambda: sender.counts() == {"delivered": 3}, describe=sender.counts)
        sender.check()
        assert len(boxes.came) == 6
    finally:
        sender.close()


def test_killed_again_and_again_it_loses_nothing_and_makes_nothing_up(tmp_path: Path) -> None:
    assert kill_fanout.run(tmp_path / "node", rounds=3, notes=2) == {"delivered": 3 * 2 * 30}


def test_told_to_stop_it_ends_in_good_order_l04(tmp_path: Path, boxes: Inboxes) -> None:
    boxes.seconds = 1.0
    sender = publisher(tmp_path, boxes, per_host=70)
    try:
        for number in range(2):
            sender.publish(f"Note {number}")
        until(lambda: len(boxes.came) >= 4)
        process = sender.node.process
        assert process is not None
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        until(lambda: not sender.node.answers(), describe=lambda: "it takes new connections")
        assert process.wait(90) == 0
        assert time.monotonic() - began < 60, "all that waits would have taken longer"
        sender.node.process = None
        # What it began it has finished and marked; nothing is held by a process that is no more.
        assert sender.counts()["delivered"] == len(boxes.came)
        assert sender.held() == 0
        boxes.seconds = 0.0
        sender.node.start()
        until(sender.is_settled, describe=sender.counts)
        sender.check()
        assert len(boxes.came) == 2 * 210, "nothing came twice"
    finally:
        sender.close()
