"""Who of those whom we know has to do with a server that knocks."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, or_, select

from node.domain.errands import FETCH
from node.domain.peers import Trust
from node.storage.acquaintance import acquaintance
from node.storage.hosts import normal
from node.storage.tables.holdings import holdings
from node.storage.tables.tasks import tasks
from node.storage.unit_of_work import UnitOfWork

_MOST, _MOST_REFUSED = 10, 500


def vouchers(uow: UnitOfWork, host: str) -> list[str]:
    """The communities of servers that we trust, or follow, which hold something of that server, by name.

    In an archipelago nothing of a stranger was fetched: who referred to it stands in the work that was given up.
    """
    held = select(holdings.c.community).where(_begins(holdings.c.thing, host)).distinct()
    refused = select(tasks.c.subject).where(tasks.c.kind == FETCH, tasks.c.state == "parked", _begins(tasks.c.subject, host))
    referring = {part for subject in uow.ground.texts(refused.limit(_MOST_REFUSED)) for part in subject.split(" ")[1:]}
    found = []
    for iri in {*uow.ground.texts(held), *referring}:
        row = uow.actors.get(iri)
        if row is None or row.is_local or row.type != "Group" or row.host == normal(host):
            continue
        known = acquaintance(uow, row.host)
        if known.trust is Trust.APPROVED or known.is_followed:
            found.append(row)
    return [row.iri for row in sorted(found, key=lambda row: row.name.casefold())[:_MOST]]


def _begins(column: Column[str], host: str) -> ColumnElement[bool]:
    return or_(*(column.startswith(f"{scheme}://{normal(host)}/", autoescape=True) for scheme in ("https", "http")))
