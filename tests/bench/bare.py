"""The yardstick: the least that an honest inbox does. Body, digest, signature (key at hand), one row in a group commit, 202."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import sys
from pathlib import Path

import uvloop
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from pysqlite3 import dbapi2

PARAMETER = re.compile(r'(\w+)="([^"]*)"')


class Bare:
    """An inbox that does nothing but take in."""

    def __init__(self, path: Path, pems: dict[str, str]) -> None:
        self._keys = {iri: load_pem_public_key(pem.encode()) for iri, pem in pems.items()}
        self._rows = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE inbox (id INTEGER PRIMARY KEY, activity TEXT UNIQUE, body BLOB)",
        ):
            self._rows.execute(statement)
        self._waiting: list[tuple[str, bytes, asyncio.Future[None]]] = []
        self._bell = asyncio.Event()

    async def receive(self, request: web.Request) -> web.Response:
        """202 once the row is on disk."""
        body = await request.read()
        said = dict(PARAMETER.findall(request.headers["Signature"]))
        if request.headers["Digest"] != f"SHA-256={base64.b64encode(hashlib.sha256(body).digest()).decode()}":
            return web.Response(status=401)
        lines = [
            f"(request-target): post {request.path}" if name == "(request-target)" else f"{name}: {request.headers[name]}"
            for name in said["headers"].split()
        ]
        key = self._keys[said["keyId"]]
        assert isinstance(key, RSAPublicKey)
        key.verify(base64.b64decode(said["signature"]), "\n".join(lines).encode(), PKCS1v15(), SHA256())
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((json.loads(body)["id"], body, done))
        self._bell.set()
        await done
        return web.Response(status=202)

    async def write(self, _: web.Application) -> None:
        """Begins the one task that commits whatever waits."""
        self._writing = asyncio.create_task(self._write())  # noqa: TID251 -- no worker here

    async def _write(self) -> None:
        while True:
            await self._bell.wait()
            self._bell.clear()
            group, self._waiting = self._waiting, []
            await asyncio.to_thread(self._commit, [(iri, body) for iri, body, _ in group])
            for _, _, done in group:
                done.set_result(None)

    def _commit(self, rows: list[tuple[str, bytes]]) -> None:
        self._rows.execute("BEGIN IMMEDIATE")
        self._rows.executemany("INSERT OR IGNORE INTO inbox (activity, body) VALUES (?, ?)", rows)
        self._rows.execute("COMMIT")


def main() -> None:
    """Listens until killed: FOLDER with keys.json in it, HOST, PORT."""
    folder, host, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    bare = Bare(folder / "bare.sqlite", json.loads((folder / "keys.json").read_bytes()))
    application = web.Application()
    application.router.add_post("/{rest:.*}", bare.receive)
    application.on_startup.append(bare.write)
    web.run_app(
        application, host=host, port=port, access_log=None, print=None, loop=uvloop.new_event_loop(), handle_signals=False
    )


if __name__ == "__main__":
    main()
