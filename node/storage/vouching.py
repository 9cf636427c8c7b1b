"""Who of those whom we know has to do with a server that knocks."""

from __future__ import annotations

from sqlalchemy import or_, select

from node.domain.peers import Trust
from node.storage.acquaintance import acquaintance
from node.storage.hosts import normal
from node.storage.tables.holdings import holdings
from node.storage.unit_of_work import UnitOfWork

_MOST = 10


def vouchers(uow: UnitOfWork, host: str) -> list[str]:
    """The communities of servers that we trust, or follow, which hold something of that server, by name."""
    there = or_(*(holdings.c.thing.startswith(f"{scheme}://{normal(host)}/", autoescape=True) for scheme in ("https", "http")))
    found = []
    for iri in uow.ground.texts(select(holdings.c.community).where(there).distinct()):
        row = uow.actors.get(iri)
        if row is None or row.is_local or row.host == normal(host):
            continue
        known = acquaintance(uow, row.host)
        if known.trust is Trust.APPROVED or known.is_followed:
            found.append(row)
    return [row.iri for row in sorted(found, key=lambda row: row.name.casefold())[:_MOST]]
