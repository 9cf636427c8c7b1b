"""What an attacker has: servers, people with keys, signatures made in every wrong way, and a canary nobody may touch."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from federation.messages import SigningKey
from federation.signatures.digest import digest
from federation.signatures.keys import generate_keys, sign_bytes

AP = "application/activity+json"
AS2 = "https://www.w3.org/ns/activitystreams"
PUBLIC = f"{AS2}#Public"
MAIN = "(request-target) host date digest"

Script = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
_numbers = itertools.count(1)


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)  # noqa: TID251 -- a live node looks at the real clock


def fresh() -> int:
    """A number not given before in this run."""
    return next(_numbers)


@cache
def pair(name: str) -> tuple[str, str]:
    """A real pair of RSA keys, private and public, made once per name and run."""
    del name
    return generate_keys()


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A request that came to a place."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Place:
    """A server of the test's own, in a thread: says what it is told to say, and remembers who asked for what."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.scripts: dict[str, Script] = {}
        self.seen: list[Seen] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._runner, self.port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.url = f"http://{address}:{self.port}"

    def close(self) -> None:
        """Stops the server; whoever is still being answered is cut off."""
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def serve(self, path: str, body: bytes | Mapping[str, Any], *, status: int = 200, media: str = AP, **headers: str) -> str:
        """Answers so at a path from now on; the address of it. In names of headers `_` stands for `-`."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        async def answer(_: web.BaseRequest) -> web.StreamResponse:
            return web.Response(status=status, body=content, headers={"Content-Type": media, **named})

        self.scripts[path] = answer
        return f"{self.url}{path}"

    def move(self, path: str, target: str, status: int = 302) -> str:
        """Redirects a path; the address of it."""
        return self.serve(path, b"", status=status, Location=target)

    def script(self, path: str, script: Script) -> str:
        """Answers at a path by a script; the address of it."""
        self.scripts[path] = script
        return f"{self.url}{path}"

    def asked(self, path: str = "") -> int:
        """How many GETs came for a path or, with "", at all."""
        return sum(each.method == "GET" and (not path or each.path == path) for each in list(self.seen))

    def got(self, kind: str) -> list[dict[str, Any]]:
        """The activities of a type that were delivered to this place."""
        said = [json.loads(each.body) for each in list(self.seen) if each.method == "POST" and each.body]
        return [each for each in said if each.get("type") == kind]

    async def _listen(self) -> tuple[web.ServerRunner, int]:
        runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, self.address, 0).start()
        return runner, int(runner.addresses[0][1])

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        self.seen.append(Seen(method=request.method, path=request.path_qs, headers=dict(request.headers), body=body))
        script = self.scripts.get(request.path_qs) or self.scripts.get(request.path)
        if script is None:
            return web.Response(status=202 if request.method == "POST" else 404)
        return await script(request)


class Canary:
    """Listens where nobody may ever connect to, and counts who does."""

    def __init__(self, address: str) -> None:
        self.touched = 0
        self._socket = socket.create_server((address, 0))
        self.port = int(self._socket.getsockname()[1])
        self.address = address
        self.url = f"http://{address}:{self.port}"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stops listening."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.touched += 1
                connection.close()


@dataclass(frozen=True)
class Somebody:
    """An actor at a place, with a key; its document is served there."""

    place: Place
    name: str
    more: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.place.serve(f"/u/{self.name}", self.document())

    @property
    def iri(self) -> str:
        """The address of the actor."""
        return f"{self.place.url}/u/{self.name}"

    @property
    def key(self) -> SigningKey:
        """The private key."""
        return SigningKey(iri=f"{self.iri}#main-key", pem=pair(self.name.rstrip("0123456789"))[0])

    @property
    def pem(self) -> str:
        """The public key; those whose names differ by a number share one, for it takes long to make."""
        return pair(self.name.rstrip("0123456789"))[1]

    def document(self, **more: Any) -> dict[str, Any]:
        """The actor as its server tells it; `more` sets properties."""
        return {
            "@context": [AS2, "https://w3id.org/security/v1"],
            "id": self.iri,
            "type": "Person",
            "preferredUsername": self.name,
            "inbox": f"{self.iri}/inbox",
            "outbox": f"{self.iri}/outbox",
            "followers": f"{self.iri}/followers",
            "publicKey": {"id": f"{self.iri}#main-key", "owner": self.iri, "publicKeyPem": self.pem},
            **self.more,
            **more,
        }

    def note(self, path: str = "", **more: Any) -> dict[str, Any]:
        """A public note, not served; `more` sets properties, None takes one away."""
        said = {
            "id": f"{self.place.url}{path or f'/n/{fresh()}'}",
            "type": "Note",
            "attributedTo": self.iri,
            "to": [PUBLIC],
            "content": "<p>hello</p>",
            **more,
        }
        return {key: value for key, value in said.items() if value is not None}

    def says(self, kind: str, thing: Any, **more: Any) -> dict[str, Any]:
        """An activity of this actor; `more` sets properties, None takes one away."""
        said = {
            "@context": AS2,
            "id": f"{self.place.url}/act/{fresh()}",
            "type": kind,
            "actor": self.iri,
            "object": thing,
            "to": [PUBLIC],
            **more,
        }
        return {key: value for key, value in said.items() if value is not None}


def cavage(  # every part of a signature can be wrong
    body: bytes,
    inbox: str,
    key: SigningKey,
    *,
    covered: str = MAIN,
    at: datetime | None = None,
    method: str = "post",
    parameters: Sequence[tuple[str, str]] = (),
    **replaced: str,
) -> dict[str, str]:
    """The headers of a draft-cavage POST with any fault; `replaced` sets headers (`_` for `-`), "" takes one away.

    `parameters` are added to the Signature header; `covered` names what is signed, as it is written there.
    """
    parts = urlsplit(inbox)
    headers = {
        "Host": parts.netloc,
        "Date": format_datetime(at or now(), usegmt=True),
        "Digest": digest(body),
        "Content-Type": AP,
        **{name.replace("_", "-"): value for name, value in replaced.items()},
    }
    headers = {name: value for name, value in headers.items() if value}
    known = {name.lower(): value for name, value in headers.items()}
    known["(request-target)"] = f"{method} {parts.path}"
    known.update({f"({name})": value for name, value in parameters})
    text = "\n".join(f"{name.lower()}: {known.get(name.lower(), '')}" for name in covered.split())
    signature = base64.b64encode(sign_bytes(key.pem, text.encode())).decode()
    algorithm = "hs2019" if parameters else "rsa-sha256"
    stated = [f'keyId="{key.iri}"', f'algorithm="{algorithm}"', f'headers="{covered}"', f'signature="{signature}"']
    stated += [f"{name}={value}" if value.isdigit() else f'{name}="{value}"' for name, value in parameters]
    return {**headers, "Signature": ",".join(stated)}
