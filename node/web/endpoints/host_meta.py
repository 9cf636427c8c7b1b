"""Host-meta, for those who still ask it where WebFinger is.

Spec: RFC 6415 §2.
"""

from __future__ import annotations

from federation.discovery import XRD, host_meta
from node.contracts import Endpoint, Reply, Visit
from node.storage.unit_of_work import UnitOfWork


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """Where the WebFinger of this node is."""
    del uow
    body = host_meta(visit.house.url)
    return Reply(body=body, media_type=XRD, headers=(("Access-Control-Allow-Origin", "*"),))


ENDPOINT = Endpoint(path="/.well-known/host-meta", answer=answer, is_open=True)
