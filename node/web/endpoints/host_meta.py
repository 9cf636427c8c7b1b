"""Host-meta, for those who still ask it where WebFinger is: as XRD, or as JSON.

Spec: RFC 6415 §2.
Spec: RFC 6415 §3.
"""

from __future__ import annotations

from federation.discovery import JRD, XRD, host_meta, host_meta_json
from node.contracts import Endpoint, Reply, Visit
from node.storage.unit_of_work import UnitOfWork


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """Where the WebFinger of this node is."""
    del uow
    if visit.path["form"]:
        return Reply(body=host_meta_json(visit.house.url), media_type=JRD)
    return Reply(body=host_meta(visit.house.url), media_type=XRD)


ENDPOINT = Endpoint(path="/.well-known/host-meta{form:|\\.json}", answer=answer, is_open=True)
