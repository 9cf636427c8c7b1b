"""A small provider of OpenID Connect on the loopback: it keeps to the rules, unless it is told to break one."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote_plus, urlencode

from aiohttp import web
from joserfc import jws
from joserfc.jwk import KeySet, OctKey, RSAKey

from kit.live import free_port

CLIENT, SECRET = "maillage", "un secret, avec: des signes"


@dataclass
class Provider:
    """`account` is who is signed in there; `spoil` changes the claims, `key` and `header` how they are signed."""

    url: str = ""
    account: dict[str, Any] = field(default_factory=dict)
    spoil: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    configuration: dict[str, Any] = field(default_factory=dict)
    in_userinfo: dict[str, Any] = field(default_factory=dict)
    key: Any = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.own = own_key()
        self.key = self.own

    async def discovery(self, _: web.Request) -> web.Response:
        said = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "code_challenge_methods_supported": ["S256"],
        }
        return web.json_response(said | self.configuration)

    async def keys(self, _: web.Request) -> web.Response:
        return web.json_response(KeySet([self.own]).as_dict(private=False))

    async def authorize(self, request: web.Request) -> web.Response:
        """Whoever comes is let through at once, as somebody who is signed in there."""
        asked = dict(request.query)
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        raise web.HTTPSeeOther(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def token(self, request: web.Request) -> web.Response:
        fields = dict(await request.post())
        asked = self.codes.pop(str(fields.get("code")), None)
        known = b64decode(request.headers.get("Authorization", "").removeprefix("Basic ")).decode().split(":")
        challenge = urlsafe_b64encode(hashlib.sha256(str(fields.get("code_verifier")).encode()).digest()).rstrip(b"=").decode()
        wrong = (
            "code" if asked is None
            else "client" if [unquote_plus(part) for part in known] != [CLIENT, SECRET]
            else "verifier" if challenge != asked["code_challenge"]
            else "redirect" if fields.get("redirect_uri") != asked["redirect_uri"]
            else ""
        )  # fmt: skip
        if wrong or asked is None:
            self.refused.append(wrong)
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"id_token": self.assertion(asked["nonce"]), "access_token": "open", "token_type": "Bearer"})

    def assertion(self, nonce: str) -> str:
        now = int(time.time())  # noqa: TID251 -- the clock of a stranger
        said = {"iss": self.url, "aud": CLIENT, "nonce": nonce, "iat": now, "exp": now + 300, **self.account, **self.spoil}
        if self.header["alg"] == "none":
            parts = (json.dumps(each).encode() for each in (self.header, said))
            return ".".join([*(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])
        # written here, for the library writes no half letters
        return str(jws.serialize_compact(self.header, json.dumps(said), self.key, algorithms=["RS256", "HS256"]))

    async def userinfo(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer open"
        return web.json_response({"sub": self.account.get("sub", ""), **self.in_userinfo})


@cache
def own_key() -> RSAKey:
    """The key that providers sign with: made once per run, for making it takes long."""
    return RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


def shared_key() -> OctKey:
    """The secret that a client shares with its provider, as a key: nothing may be believed that is signed with it."""
    return OctKey.import_key(SECRET)


@asynccontextmanager
async def provider(host: str = "127.0.0.1") -> AsyncIterator[Provider]:
    """A provider that answers until the context ends."""
    made = Provider(url=f"http://{host}:{free_port(host)}")
    application = web.Application()
    application.router.add_get("/.well-known/openid-configuration", made.discovery)
    application.router.add_get("/keys", made.keys)
    application.router.add_get("/authorize", made.authorize)
    application.router.add_post("/token", made.token)
    application.router.add_get("/userinfo", made.userinfo)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, host, int(made.url.rpartition(":")[2])).start()
    try:
        yield made
    finally:
        await runner.cleanup()
