"""All that the node knows of somebody, for them to take along."""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.own_data import as_json, as_page, known_of


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The file, for whoever is signed in, about themselves; raises NotAllowed for anybody else."""
    if not visit.form_token:
        raise NotAllowed
    known, form = known_of(uow, visit.reader.actor), visit.path["form"]
    body = as_json(visit, known) if form == "json" else as_page(visit, known)
    return Reply(
        body=body,
        media_type="application/json" if form == "json" else "text/html; charset=utf-8",
        headers=(
            ("Content-Disposition", f'attachment; filename="mes-donnees.{form}"'),
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        ),
    )


ENDPOINT = Endpoint(path="/moi/donnees/tout.{form:json|html}", answer=answer, faces=("application/octet-stream",))
