"""The log of what went to other servers and came from them: when, what kind, what became of it; for whoever looks after the node.

It holds neither words nor addresses of things: what was private stays so. Who signed what came in is told by the key.
"""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from node.contracts import Endpoint, Reply, Visit
from node.errors import NotAllowed
from node.storage.traffic import KEPT, traffic
from node.storage.unit_of_work import UnitOfWork

#: A spreadsheet takes what begins so for a formula.
_FORMULA = ("=", "+", "-", "@")
_HEAD = ("quand", "sens", "site", "genre", "issue", "code", "clé", "raison")


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The last sixty days, the newest first; raises NotAllowed for anybody else."""
    if not visit.is_admin:
        raise NotAllowed
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_HEAD)
    for each in traffic(uow, visit.house.now - timedelta(days=KEPT)):
        at, reason = each.at.isoformat(timespec="seconds"), each.reason[:200]
        values = (at, each.way, each.host, each.type, each.state, each.status, each.key, reason)
        writer.writerow([f"'{value}" if str(value).startswith(_FORMULA) else value for value in values])
    headers = (("Content-Disposition", 'attachment; filename="journal.csv"'),)
    return Reply(body=file.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


ENDPOINT = Endpoint(path="/liens/journal.csv", answer=answer, faces=("text/csv",))
