"""Those who animate a community decide about a report, or end what they asked of somebody."""

from __future__ import annotations

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.web.deciding import received_decision

ENDPOINT_PATH = "/communautes/{slug:[a-z0-9-]+}/moderation"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotAllowed, NotFound, or Invalid with what is wrong."""
    path = f"/communautes/{visit.path['slug']}"
    return await received_decision(tools, received, visit, f"{path}/moderation", f"{visit.house.url}{path}")


ENDPOINT = Endpoint(path=ENDPOINT_PATH, receive=receive)
