"""The load: a process that posts a file of requests over keep-alive connections, and says in JSON what came back.

It speaks HTTP as barely as it can, so that the measured side has a core of its own.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What came of a load: answers by status, seconds from the first request to the last answer, moment of the first request."""

    statuses: dict[int, int]
    seconds: float
    began: float
    latencies: tuple[float, ...] = ()

    @property
    def rate(self) -> float:
        """Messages taken in, a second."""
        return sum(count for status, count in self.statuses.items() if 200 <= status < 300) / self.seconds


@dataclass
class Load:
    """The requests that wait, shared by all connections."""

    letters: Iterator[bytes]
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)


class Line(asyncio.Protocol):
    """One connection: the next request as soon as the last one is answered."""

    def __init__(self, load: Load, done: asyncio.Future[None]) -> None:
        self._load, self._done = load, done
        self._transport: asyncio.Transport | None = None
        self._held = b""
        self._sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begins."""
        assert isinstance(transport, asyncio.Transport) or transport is not None
        self._transport = transport  # type: ignore[assignment]  # uvloop's transports are of their own kind
        self._next()

    def data_received(self, data: bytes) -> None:
        """Looks whether the answer is whole."""
        self._held += data
        end = self._held.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._held[:end].lower()
        at = head.find(b"content-length:")
        size = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._held) < end + 4 + size:
            return
        self._load.statuses[int(head[9:12])] += 1
        self._load.latencies.append(time.perf_counter() - self._sent)
        self._held = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends; a connection that breaks counts as an answer 0."""
        del exc
        if not self._done.done():
            self._load.statuses[0] += 1
            self._done.set_result(None)

    def _next(self) -> None:
        letter = next(self._load.letters, None)
        assert self._transport is not None
        if letter is None:
            self._done.set_result(None)
            self._transport.close()
            return
        self._sent = time.perf_counter()
        self._transport.write(letter)


async def _post(letters: list[bytes], host: str, port: int, connections: int) -> Posted:
    load, loop = Load(iter(letters)), asyncio.get_running_loop()
    began, start = time.time(), time.perf_counter()  # noqa: TID251 -- compared with another process's clock
    ends: list[asyncio.Future[None]] = [loop.create_future() for _ in range(connections)]
    for end in ends:
        await loop.create_connection(lambda end=end: Line(load, end), host, port)  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    await asyncio.gather(*ends)
    return Posted(statuses=dict(load.statuses), seconds=time.perf_counter() - start, began=began, latencies=tuple(load.latencies))


def post(path: Path, host: str, port: int, connections: int = 32) -> Posted:
    """Posts the requests of a file from a process of its own."""
    command = [sys.executable, str(HERE / "posting.py"), str(path), host, str(port), str(connections)]
    subprocess.run(command, check=True)
    said = json.loads(_told(path).read_bytes())
    statuses = {int(status): count for status, count in said["statuses"].items()}
    return Posted(statuses=statuses, seconds=said["seconds"], began=said["began"], latencies=tuple(said["latencies"]))


def main() -> None:
    """The process itself."""
    sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]
    import uvloop
    from bench import letters

    path, host, port, connections = sys.argv[1:]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        posted = runner.run(_post(letters.read(Path(path)), host, int(port), int(connections)))
    said = {name: getattr(posted, name) for name in ("statuses", "seconds", "began", "latencies")}
    _told(Path(path)).write_text(json.dumps(said), "utf-8")


def _told(path: Path) -> Path:
    """Where the process says what came back."""
    return path.with_name(f"{path.name}.told")


if __name__ == "__main__":
    main()
