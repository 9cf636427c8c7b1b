"""How fast messages come in: a node beside the least that an honest inbox does, in one run on one machine.

Signed Create(Note) of known actors over keep-alive connections, from a second process, on a SQLite file with synchronous=FULL.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import letters, posting
from bench.figures import Figure
from bench.letters import Sender
from bench.served import Measured, measured, until_settled

from kit.live import free_port
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.engine import Database

HERE = Path(__file__).resolve().parent
N = 6_000
#: Fifty people on five servers.
SENDERS = tuple(Sender(host=f"serveur{number % 5}.example", number=number) for number in range(50))


def _bare(folder: Path, path: Path) -> posting.Posted:
    """What the bare handler takes in."""
    port, folder = free_port("127.0.0.11"), Path(tempfile.mkdtemp(dir=folder))
    (folder / "keys.json").write_text(json.dumps({sender.key.iri: sender.pem for sender in SENDERS}), "utf-8")
    process = subprocess.Popen([sys.executable, str(HERE / "bare.py"), str(folder), "127.0.0.11", str(port)])
    try:
        _until_open("127.0.0.11", port)
        return posting.post(path, "127.0.0.11", port)
    finally:
        process.kill()
        process.wait()


def _until_open(host: str, port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the bare handler does not listen")


def _whole(posted: posting.Posted) -> None:
    if posted.statuses != {202: N}:
        raise RuntimeError(f"not everything was taken in: {posted.statuses}")


def _visible(node: Measured, database: Database) -> None:
    """All of it is there, found, and shown."""
    kept = database.read_now(lambda uow: uow.things.count(scope=PUBLIC_SCOPE, kind="Note"))
    found = database.read_now(lambda uow: uow.search.count("concertation", scope=PUBLIC_SCOPE, kind="Note"))
    status, page = node.get("/recherche?q=concertation&portee=ailleurs")
    if (kept, found, status) != (N, N, 200) or b"Mesure" not in page:
        raise RuntimeError(f"of {N} notes {kept} are kept and {found} found; the page of the search answered {status}")


def measure() -> Iterator[Figure]:
    """The bare handler, the node, the bare handler again; the yardstick is the better of the two."""
    with tempfile.TemporaryDirectory() as name, measured(Path(name) / "node", known=SENDERS) as (node, database):
        folder = Path(name)
        path = letters.write(folder / "letters", letters.notes(SENDERS, N, f"{node.url}/inbox"))
        first = _bare(folder, path)
        posted = posting.post(path, node.address, node.port)
        settled = until_settled(database, N)
        resident = node.resident
        second = _bare(folder, path)
        for each in (first, posted, second):
            _whole(each)
        _visible(node, database)
        bare, processed = max(first.rate, second.rate), N / (settled - posted.began)
        yield Figure(name="bare handler: accepted", value=bare, unit="a second")
        yield Figure(name="accepted, on disk, answered", value=posted.rate, unit="a second")
        yield Figure(name="of the bare handler", value=posted.rate / bare * 100, unit="%", promise="80 % at least")
        yield Figure(name="applied, indexed, visible", value=processed, unit="a second")
        yield Figure(name="of the bare handler ", value=processed / bare * 100, unit="%", promise="35 % at least")
        slow = sorted(posted.latencies)[int(N * 0.95)] * 1000
        yield Figure(name="answer to a message, 95th percentile", value=slow, unit="ms")
        yield Figure(name="memory of the node after it", value=resident, unit="MB")
