"""Opens a session with a link that works once; the page with the button is `pages/enter`.

A GET opens nothing: whoever looks ahead at links must not use them up.
"""

from __future__ import annotations

from http import HTTPStatus

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import field_of
from node.web.middleware import session


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Uses up the token and opens a session; raises NotAllowed for a token that is unknown, used or too old."""
    token, house = field_of(received, "jeton") or visit.query.get("jeton", ""), visit.house

    def enter(uow: UnitOfWork) -> str:
        person = uow.sessions.use_token("sign-in", token, house.now) if token else None
        if not person:
            raise NotAllowed("This link has been used already, or is too old.")
        return uow.sessions.open(person, house.now)

    opened = await tools.database.write(enter)
    cookie = session.opened(opened, is_secure=house.url.startswith("https:"))
    return Reply(body=b"", media_type="text/plain", status=HTTPStatus.SEE_OTHER, headers=(("Location", f"{house.url}/"), cookie))


ENDPOINT = Endpoint(path="/entrer", receive=receive, is_open=True)
