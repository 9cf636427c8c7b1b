"""A thousand people of other servers whom nobody here knows follow a community: each is fetched, and gets an Accept."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench import letters, posting
from bench.figures import Figure
from bench.letters import AS2, Sender
from bench.served import measured

from kit.live import free_port, until

HERE = Path(__file__).resolve().parent
N = 1_000
#: Ten servers on one machine: each has an address of its own.
HOSTS = tuple(f"127.0.0.{number}" for number in range(21, 31))


@contextmanager
def _origins(folder: Path, senders: list[Sender], port: int) -> Iterator[None]:
    file = folder / "documents.json"
    file.write_text(json.dumps({urlsplit(sender.iri).path: json.dumps(sender.document()) for sender in senders}), "utf-8")
    command = [sys.executable, str(HERE / "origin.py"), "0.0.0.0", str(port), str(file)]  # noqa: S104 -- ten addresses of the loopback
    process = subprocess.Popen(command)
    try:
        until(lambda: _told(port) == 0)
        yield
    finally:
        process.kill()
        process.wait()


def _told(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://{HOSTS[0]}:{port}/told", timeout=10) as answer:
            return int(answer.read())
    except OSError:
        return -1


def measure() -> Iterator[Figure]:
    """Follows them all at once, and waits for the last Accept."""
    port = free_port(HOSTS[0])
    senders = [Sender(host=f"{HOSTS[number % 10]}:{port}", number=number, scheme="http") for number in range(N)]
    with tempfile.TemporaryDirectory() as name, _origins(Path(name), senders, port):
        with measured(Path(name) / "node", mode="open") as (node, _):
            community = f"{node.url}/communautes/accueil"
            follows = (
                letters.sealed(
                    {"@context": AS2, "id": f"{each.iri}/follow", "type": "Follow", "actor": each.iri, "object": community},
                    f"{community}/inbox",
                    each.key,
                )
                for each in senders
            )
            posted = posting.post(letters.write(Path(name) / "letters", follows), node.address, node.port)
            until(lambda: _told(port) >= N, seconds=240, describe=lambda: f"{_told(port)} Accepts of {N}")
            taken = time.time() - posted.began  # noqa: TID251 -- compared with another process's clock
        if posted.statuses != {202: N}:
            raise RuntimeError(f"not everybody was let in: {posted.statuses}")
        yield Figure(name="Follows of strangers proven and kept", value=posted.rate, unit="a second")
        yield Figure(name="strangers fetched and answered", value=N / taken, unit="a second", promise="150 a second")
