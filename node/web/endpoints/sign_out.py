"""Ends a session."""

from __future__ import annotations

from http import HTTPStatus

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.web.middleware import session


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Closes the session of the cookie, here and in the browser."""
    is_secure = visit.house.url.startswith("https:")
    token = session.in_headers(received.values("Cookie"), is_secure=is_secure)
    if token:
        await tools.database.write(lambda uow: uow.sessions.close(token))
    headers = ("Location", f"{visit.house.url}/"), session.closed(is_secure=is_secure)
    return Reply(body=b"", media_type="text/plain", status=HTTPStatus.SEE_OTHER, headers=headers)


ENDPOINT = Endpoint(path="/sortir", receive=receive)
