"""A WebDAV folder on loopback, as much of it as a copy needs: it takes files, gives them back, and removes them."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from kit.servers import LoopbackServer, Script, Seen, answer

USER, PASSWORD = "nadia", "secret du nuage"


@dataclass
class Cloud(LoopbackServer):
    """`status`: what it answers to everything, 0 as it should; `spoils`: what it keeps is not what it was given."""

    files: dict[str, bytes] = field(default_factory=dict)
    spoils: bool = False
    status: int = 0

    @property
    def folder(self) -> str:
        return f"{self.url}/Copies/"

    async def play(self, seen: Seen, writer: asyncio.StreamWriter) -> None:
        expected = f"Basic {b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}"
        if self.status or seen.value("authorization") != expected:
            script = answer(status=self.status or 401)
        elif seen.method == "PUT":
            self.files[seen.target] = seen.body[:-1] + b"?" if self.spoils else seen.body
            script = answer(status=201)
        elif seen.method == "DELETE":
            script = answer(status=204 if self.files.pop(seen.target, None) is not None else 404)
        else:
            found = self.files.get(seen.target)
            script = answer(found or b"", status=200 if found is not None else 404)
        await script(seen, writer)

    def script(self, path: str) -> Script:
        del path
        return self.play


@asynccontextmanager
async def cloud() -> AsyncIterator[Cloud]:
    """A folder that is empty."""
    made = Cloud()
    listening = await asyncio.start_server(made.serve, "127.0.0.11", 0)
    made.url = f"http://127.0.0.11:{listening.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        listening.close()
