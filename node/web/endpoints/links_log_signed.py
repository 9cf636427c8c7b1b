"""The log of exchanges as a file that the organisation has signed; for whoever looks after the node."""

from __future__ import annotations

from node.actions.export_log import PATH, signed_log
from node.contracts import Endpoint, Reply, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The last sixty days; raises NotAllowed for anybody else."""
    if not visit.is_admin:
        raise NotAllowed
    headers = (("Content-Disposition", 'attachment; filename="journal.json"'),)
    return Reply(body=signed_log(uow, visit.house), media_type="application/json", headers=headers)


ENDPOINT = Endpoint(path=PATH, answer=answer, faces=("application/json",))
