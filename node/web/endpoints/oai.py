"""For harvesters of libraries: records of what is public here, the communities as sets, ends kept for good.

Spec: OAI-PMH §3.1.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.harvest import told

MEDIA_TYPE = "text/xml; charset=utf-8"


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The answer to a question in the address."""
    return Reply(body=told(uow, visit.house, urlsplit(visit.url).query), media_type=MEDIA_TYPE)


async def receive(tools: Tools, message: Received, visit: Visit) -> Reply:
    """The answer to the same question in a form; NotAllowed where this node wants to know who asks."""
    if visit.house.signed_reads:
        raise NotAllowed
    query = message.body.decode("utf-8", "surrogateescape")
    body = await tools.database.read(lambda uow: told(uow, visit.house, query))
    return Reply(body=body, media_type=MEDIA_TYPE)


ENDPOINT = Endpoint(path="/oai", answer=answer, receive=receive, is_open=True, may_close=True)
