"""Ten thousand messages of fifty people at once: none lost, none twice, little memory, and pages are served meanwhile."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import letters, posting
from bench.bench_inbox import SENDERS
from bench.figures import Figure
from bench.served import Measured, measured, until_settled

from node.domain.visibility import PUBLIC_SCOPE

N = 10_000


def _reading(node: Measured, stop: threading.Event) -> tuple[list[float], float]:
    """Reads the page of a community again and again; how long each took, in ms, and the most memory the node had, in MB."""
    taken, most = list[float](), 0.0
    while not stop.wait(0.05):
        start = time.perf_counter()
        status, _ = node.get("/communautes/accueil")
        if status != 200:
            raise RuntimeError(f"the page answered {status}")
        taken.append((time.perf_counter() - start) * 1000)
        most = max(most, node.resident)
    return taken, most


def measure() -> Iterator[Figure]:
    """Posts them while somebody reads; every message is sent a second time at the end of the burst, as servers do."""
    with tempfile.TemporaryDirectory() as name, measured(Path(name) / "node", known=SENDERS) as (node, database):
        once = list(letters.notes(SENDERS, N, f"{node.url}/inbox"))
        path = letters.write(Path(name) / "letters", [*once, *once[: N // 10]])
        stop = threading.Event()
        with ThreadPoolExecutor(1) as pool:
            reading = pool.submit(_reading, node, stop)
            try:
                posted = posting.post(path, node.address, node.port)
                settled = until_settled(database, N)
            finally:
                stop.set()
            taken, most = reading.result()
        states = database.read_now(lambda uow: uow.inbox.counts())
        kept = database.read_now(lambda uow: uow.things.count(scope=PUBLIC_SCOPE, kind="Note"))
        if posted.statuses != {202: N + N // 10} or states != {"done": N} or kept != N:
            raise RuntimeError(f"answers {posted.statuses}, messages {states}, notes {kept}; {N} were sent")
        yield Figure(name="10,000 messages of 50 people taken in, on disk", value=posted.rate, unit="a second")
        yield Figure(name="worked off, none lost, none twice", value=N / (settled - posted.began), unit="a second")
        yield Figure(name="most memory of the node", value=most, unit="MB", promise="under 300 MB")
        slow = sorted(taken)[int(len(taken) * 0.95)]
        yield Figure(name="page read meanwhile, 95th percentile", value=slow, unit="ms", promise="under 300 ms")
