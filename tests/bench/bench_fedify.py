"""How much faster a node acts on messages than Fedify does, a server of another make, in one run on one machine.

The same messages from the same second process. Ours: verified, on disk, applied, indexed, visible. Theirs: verified, kept in
memory, handed to a listener that does nothing.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import letters, posting
from bench.figures import Figure
from bench.letters import Sender
from bench.served import measured, until_settled

from kit.fedify import FOLDER, node_js
from kit.live import free_port

OURS, THEIRS, WARM = 3_000, 600, 200
SENDERS = tuple(Sender(host=f"serveur{number % 5}.example", number=number) for number in range(50))


def _node(folder: Path) -> float:
    """Messages that a node acts on to the end, a second."""
    with measured(folder / "node", known=SENDERS) as (node, database):
        path = letters.write(folder / "ours", letters.notes(SENDERS, OURS, f"{node.url}/inbox"))
        posted = posting.post(path, node.address, node.port)
        _whole(posted, OURS)
        return OURS / (until_settled(database, OURS) - posted.began)


def _fedify(folder: Path, senders: Sequence[Sender]) -> float:
    """Messages that Fedify hands to its listener, a second, once it is warm."""
    host, port = "127.0.0.12", free_port("127.0.0.12")
    (folder / "actors.json").write_text(json.dumps([sender.document() for sender in senders]), "utf-8")
    made = list(letters.notes(senders, WARM + THEIRS, f"http://{host}:{port}/inbox"))
    warm, path = letters.write(folder / "warm", made[:WARM]), letters.write(folder / "theirs", made[WARM:])
    command = [node_js(), str(FOLDER / "bench.mjs"), host, str(port), str(folder / "actors.json")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            process.stdout.readline()
            _whole(posting.post(warm, host, port), WARM)
            posted = posting.post(path, host, port)
            _whole(posted, THEIRS)
            _heard(process, WARM + THEIRS)
        finally:
            process.kill()
    return posted.rate


def _heard(process: subprocess.Popen[str], n: int) -> None:
    """Without a queue Fedify answers once its listener has returned; so it has had them all."""
    assert process.stdin is not None
    assert process.stdout is not None
    print(file=process.stdin, flush=True)
    heard = int(process.stdout.readline())
    if heard != n:
        raise RuntimeError(f"of {n} messages {heard} came to the listener")


def _whole(posted: posting.Posted, n: int) -> None:
    if posted.statuses != {202: n}:
        raise RuntimeError(f"not everything was taken in: {posted.statuses}")


def measure() -> Iterator[Figure]:
    """Fedify, the node, Fedify again: theirs is the better of the two."""
    with tempfile.TemporaryDirectory() as name:
        first = _fedify(Path(name), SENDERS)
        ours = _node(Path(name))
        theirs = max(first, _fedify(Path(name), SENDERS))
    yield Figure(name="Fedify: handed to an empty listener", value=theirs, unit="a second")
    yield Figure(name="ours: applied, indexed, visible", value=ours, unit="a second")
    yield Figure(name="ours, times theirs", value=ours / theirs, unit="×", promise="10 at least")
