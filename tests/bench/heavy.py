"""Files of ten megabytes given and fetched by many at once over slow lines: what the node holds meanwhile."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bench.figures import Figure
from bench.served import Measured

from kit.multipart import form
from node.storage.engine import Database
from node.web.readers import form_token

#: So many at once, each with so many bytes, of which so many go through the line at a time.
AT_ONCE, SIZE, PIECE = 24, 10_000_000, 65_536


async def _talk(node: Measured, head: str, body: bytes = b"") -> bytes:
    """One request over a slow line; what came back."""
    reader, writer = await asyncio.open_connection(node.address, node.port, limit=PIECE)
    writer.write(head.replace("\n", "\r\n").encode() + b"\r\n")
    for begin in range(0, len(body), PIECE):
        writer.write(body[begin : begin + PIECE])
        await writer.drain()
        await asyncio.sleep(0.01)
    found, size = [], 0
    while piece := await reader.read(PIECE):
        found.append(piece[:100_000] if size < 100_000 else b"")
        size += len(piece)
        await asyncio.sleep(0.01)
    writer.close()
    if size < SIZE and not body:
        raise RuntimeError(f"{size} bytes came back")
    return b"".join(found)


async def _watched(node: Measured, all_at_once: Callable[[], Coroutine[object, object, object]]) -> float:
    """The most memory that the node had meanwhile, in MB."""
    most, running = 0.0, asyncio.ensure_future(all_at_once())
    while not running.done():
        most = max(most, node.resident)
        await asyncio.sleep(0.02)
    await running
    return most


def figures(node: Measured, database: Database) -> Iterator[Figure]:
    """Somebody gives 24 files side by side, and 24 people fetch one of them."""
    node.run("member", "add", "mesure@example.org", "--name", "Mesure", "--community", "accueil", "--role", "animation")
    person = database.read_now(lambda uow: next(row.iri for row in uow.members.all()))
    session = database.write_now(lambda uow: uow.sessions.open(person, datetime.now(UTC)))  # noqa: TID251 -- a live node's clock
    common = f"HTTP/1.1\nHost: {urlsplit(node.url).netloc}\nConnection: close\nAccept: */*\nCookie: s={session}\n"
    given: list[bytes] = []

    async def give(number: int) -> None:
        content = secrets.token_bytes(SIZE)
        headers, body = form({"jeton": form_token(session)}, {"fichier": (f"{number}.pdf", content)})
        told = "".join(f"{name}: {value}\n" for name, value in headers.items())
        given.append(await _talk(node, f"POST /fichiers {common}{told}Content-Length: {len(body)}\n", body))

    async def many(deed: Callable[[int], Coroutine[object, object, object]]) -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(AT_ONCE):
                group.create_task(deed(number))

    yield Figure(name="memory before files", value=node.resident, unit="MB")
    asyncio.run(give(AT_ONCE))
    path = urlsplit(json.loads(given[-1].partition(b"\r\n\r\n")[2])["adresse"]).path
    head = f"GET {path} {common}"
    most = asyncio.run(_watched(node, lambda: many(lambda _: _talk(node, head))))
    yield Figure(name=f"most memory while {AT_ONCE} fetch 10 MB each", value=most, unit="MB", promise="under 300 MB")
    most = asyncio.run(_watched(node, lambda: many(give)))
    yield Figure(name=f"most memory while {AT_ONCE} give 10 MB each", value=most, unit="MB", promise="under 300 MB")
    before = node.worked
    asyncio.run(_talk(node, head))
    yield Figure(name="processor time of one fetch of 10 MB", value=(node.worked - before) * 1000, unit="ms")
