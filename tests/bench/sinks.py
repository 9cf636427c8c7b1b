"""A thousand inboxes in one process, each at a loopback address of its own, some of them deaf. GET /told says what came since.

Started as a process: PORT, how many, and every which one never answers (0: all do).
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from typing import cast

import uvloop

CONTROL = "127.0.0.1"


def address(number: int) -> str:
    """The loopback address of an inbox."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


@dataclass
class Told:
    """What came: at how many inboxes, how often, when first and last (seconds of the machine's clock)."""

    posts: int = 0
    first: float = 0.0
    last: float = 0.0
    inboxes: set[str] = field(default_factory=set)

    def note(self, inbox: str) -> None:
        self.last = time.time()  # noqa: TID251 -- compared with another process's clock
        self.first = self.first or self.last
        self.posts += 1
        self.inboxes.add(inbox)

    def said(self) -> bytes:
        found = {"posts": self.posts, "first": self.first, "last": self.last, "inboxes": len(self.inboxes)}
        self.__init__()  # type: ignore[misc]  # begins anew
        return json.dumps(found).encode()


class Sink(asyncio.Protocol):
    """One connection to one inbox."""

    def __init__(self, told: Told, deaf: frozenset[str]) -> None:
        self._told = told
        self._deaf = deaf
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._here = str(transport.get_extra_info("sockname")[0])

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while (end := self._rest.find(b"\r\n\r\n")) >= 0:
            head = self._rest[:end].lower()
            length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
            if len(self._rest) < end + 4 + length:
                return
            self._rest = self._rest[end + 4 + length :]
            if self._here in self._deaf:
                return
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        body = b""
        if head.startswith(b"get /told"):
            body = self._told.said()
        elif head.startswith(b"post"):
            self._told.note(self._here)
        status = b"202 Accepted" if not body else b"200 OK"
        self._transport.write(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body)
        if b"connection: close" in head:
            self._transport.close()


async def main(port: int, count: int, every: int) -> None:
    """Listens until killed."""
    told = Told()
    deaf = frozenset(address(number) for number in range(count) if every and number % every == 0)
    hosts = [CONTROL, *(address(number) for number in range(count))]
    server = await asyncio.get_running_loop().create_server(lambda: Sink(told, deaf), hosts, port, backlog=256)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*(int(argument) for argument in sys.argv[1:])))
