"""NodeInfo: what this node says of itself to other servers. People are counted, what they write is not.

Spec: NodeInfo 2.1 §Schema.
"""

from __future__ import annotations

from federation.nodeinfo import MEDIA_TYPE, NodeInfo, document, media_type, well_known
from node.contracts import Endpoint, Reply, Visit
from node.storage.unit_of_work import UnitOfWork

VERSION = "0.1.0"


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The list of versions, or one of them."""
    house, version = visit.house, visit.path["document"].partition("/")[2]
    if visit.path["document"].startswith(".well-known"):
        return Reply(body=well_known(house.url, house.application), media_type=MEDIA_TYPE)
    said = NodeInfo(
        software="maillage",
        version=VERSION,
        users=sum(row.state == "active" for row in uow.actors.local("Person")),
        node_name=house.name,
        languages=("fr", "en"),
        contact=house.contact,
    )
    return Reply(body=document(said, version), media_type=media_type(version))


ENDPOINT = Endpoint(path="/{document:nodeinfo/2\\.0|nodeinfo/2\\.1|\\.well-known/nodeinfo}", answer=answer, is_open=True)
