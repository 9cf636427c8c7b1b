"""Kills a real node again and again while it works, as a power cut would, and looks whether all that it promised still holds.

General: `load` makes work of whatever kind and may fail with the node; what must hold afterwards is the caller's to say.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from kit.live import LiveNode, until

#: A node that was killed answers again before it has worked for so long, in seconds of a processor.
BACK_WITHIN = 15.0
#: When it is killed after the load has begun, in seconds: at the earliest and at the latest.
MOMENTS = (0.02, 0.6)


def kill_loop(
    node: LiveNode,
    *,
    rounds: int,
    load: Callable[[int], None],
    is_settled: Callable[[], bool],
    describe: Callable[[], object] = lambda: "",
    moments: tuple[float, float] = MOMENTS,
    seed: int = 1,
    say: Callable[[str], object] = len,
) -> list[float]:
    """Runs `load(number)` and kills the running node at a random moment of it, so often; then waits until it has settled.

    How long each restart took, in seconds. Fails when one takes too long, or when the database is not whole in the end.
    """
    choice, restarts = random.Random(seed), []  # noqa: S311 -- protects nothing
    for number in range(rounds):
        with ThreadPoolExecutor(1) as pool:
            working = pool.submit(load, number)
            time.sleep(choice.uniform(*moments))
            node.kill()
            working.result()
        begun = time.monotonic()
        node.start()
        restarts.append(time.monotonic() - begun)
        assert node.seconds_at_work() < BACK_WITHIN, f"round {number}: back only after {restarts[-1]:.1f} s"
        say(f"round {number + 1} of {rounds}: back after {restarts[-1]:.2f} s\n")
    until(is_settled, seconds=300, describe=describe)
    assert integrity(node) == "ok"
    return restarts


def integrity(node: LiveNode) -> str:
    """What SQLite says of the file of a node."""
    with sqlite3.connect(f"file:{node.folder / 'maillage.sqlite'}?mode=ro", uri=True) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
