"""Keeps other sites from acting in a member's name: no POST from elsewhere, and forms carry the token of their session."""

from __future__ import annotations

import hmac

from aiohttp import web
from aiohttp.typedefs import Handler

from federation.messages import Received
from node.errors import NotAllowed
from node.web.forms import field_of
from node.web.middleware.headers import is_for_all
from node.web.middleware.origin import ORIGIN

#: What a browser says of a request that its own page or its user made.
OWN = {"same-origin", "none"}

#: The field of a form that carries the token.
FIELD = "jeton"


@web.middleware
async def refuse_cross_site(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses requests with effects that a page of another site made a browser send; what is for all has none."""
    if request.method not in {"GET", "HEAD", "OPTIONS"} and not is_for_all(request):
        origin: str = request.headers.get("Origin", "")
        if request.headers.get("Sec-Fetch-Site", "none").lower() not in OWN or (origin and origin != request.app[ORIGIN]):
            raise NotAllowed
    return await handler(request)


def check_form(message: Received, *tokens: str) -> None:
    """Raises NotAllowed when a POST within a session carries none of that session's tokens; none is known without session."""
    sent = field_of(message, FIELD).encode()
    if any(tokens) and not any(token and hmac.compare_digest(sent, token.encode()) for token in tokens):
        raise NotAllowed
