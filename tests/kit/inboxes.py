"""Inboxes on loopback in a thread of their own, for real nodes to write to: what came, byte for byte, and when."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kit.live import free_port


@dataclass
class Inboxes:
    """One inbox for each address, all on one port; `seconds` is how long an answer takes, `status` what it is."""

    addresses: tuple[str, ...]
    seconds: float = 0.0
    status: int = 202
    port: int = 0
    came: list[tuple[str, bytes]] = field(default_factory=list)
    answered: int = 0

    @property
    def hosts(self) -> list[str]:
        """The hosts of the inboxes."""
        return [f"{address}:{self.port}" for address in self.addresses]

    def bodies(self) -> dict[tuple[str, str], set[bytes]]:
        """The bodies that came to each inbox under each id."""
        found: dict[tuple[str, str], set[bytes]] = {}
        for host, body in tuple(self.came):
            found.setdefault((host, json.loads(body)["id"]), set()).add(body)
        return found

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Takes letters until the other side leaves."""
        host = f"{writer.get_extra_info('sockname')[0]}:{self.port}"
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
                body = await reader.readexactly(length)
                if head.startswith(b"post"):
                    self.came.append((host, body))
                    await asyncio.sleep(self.seconds)
                status = self.status if head.startswith(b"post") else 404
                writer.write(b"HTTP/1.1 %d X\r\nContent-Length: 0\r\n\r\n" % status)
                await writer.drain()
                self.answered += 1
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


@contextmanager
def inboxes(*addresses: str, seconds: float = 0.0) -> Iterator[Inboxes]:
    """Inboxes that take letters until the context ends."""
    kept = Inboxes(addresses=addresses, seconds=seconds, port=free_port(addresses[0]))
    stop, is_there = threading.Event(), threading.Event()

    async def main() -> None:
        server = await asyncio.start_server(kept.serve, list(addresses), kept.port)
        is_there.set()
        while not stop.is_set():  # noqa: ASYNC110 -- the event is one of threads
            await asyncio.sleep(0.05)
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
    thread.start()
    assert is_there.wait(60)
    try:
        yield kept
    finally:
        stop.set()
        thread.join(10)
        time.sleep(0)
