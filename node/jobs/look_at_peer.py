"""Asks another server what it runs, once when we first have to do with it and then every week: it decides how it is written to.

Spec: NodeInfo 2.1 §Discovery.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

from federation import nodeinfo
from federation.errors import FederationError, UnacceptableAnswer, Unreachable
from federation.fetching import redirect
from federation.messages import Outgoing
from federation.nodeinfo import NodeInfo
from federation.signatures import RFC9421
from node.contracts import House, Job, Tools
from node.domain.errands import LOOK_AT_PEER
from node.storage.claims import owner_here
from node.storage.hosts import host_of
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=120)
#: What a server runs changes seldom; one that said nothing is asked again as seldom.
AGAIN_AFTER = timedelta(days=7)
#: Known to verify RFC 9421, in every version.
VERIFIES_RFC9421 = frozenset({"maillage"})


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases servers to be looked at."""
    return uow.tasks.claim(LOOK_AT_PEER, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Looks at one server."""
    if await tools.database.read(lambda uow: uow.peers.is_blocked(row.subject)):
        await tools.database.write(lambda uow: uow.tasks.finish(row, tools.house().now))
        return
    found: NodeInfo | None = None
    try:
        found = await _asked(tools, row.subject)
    except FederationError as problem:
        reason = str(problem)
        await tools.database.write(lambda uow: _keep(uow, tools.house(), row, None, reason))
    else:
        await tools.database.write(lambda uow: _keep(uow, tools.house(), row, found, ""))


async def _asked(tools: Tools, host: str) -> NodeInfo:
    if tools.house().allow_http:
        try:
            return await _said(tools, f"http://{host}")
        except Unreachable:
            pass  # it may speak https alone
    return await _said(tools, f"https://{host}")


async def _said(tools: Tools, url: str) -> NodeInfo:
    address, _ = nodeinfo.parse_well_known(await _document(tools, f"{url}/.well-known/nodeinfo"))
    if host_of(address) != host_of(url):
        raise UnacceptableAnswer(f"{host_of(url)} names the NodeInfo of another server")
    return nodeinfo.parse(await _document(tools, address))


async def _document(tools: Tools, asked: str) -> bytes:
    """A document, redirects followed within its server; raises FederationError."""
    url, hops = asked, 0
    while True:
        answer = await tools.outside.send(Outgoing(method="GET", url=url, headers=(("Accept", nodeinfo.MEDIA_TYPE),)))
        target = redirect(answer, asked, hops, allow_http=tools.house().allow_http)
        if target is None:
            break
        url, hops = target, hops + 1
    if answer.status != HTTPStatus.OK:
        raise UnacceptableAnswer(f"{asked} answered {answer.status}")
    return answer.body


def _keep(uow: UnitOfWork, house: House, row: TaskRow, found: NodeInfo | None, reason: str) -> None:
    uow.peers.put_software(row.subject, found.software if found else "", house.now, found.version if found else "")
    if found is not None:
        uow.peers.put_contact(row.subject, found.contact, house.now)
    if found is not None and found.software in VERIFIES_RFC9421:
        uow.peers.verifies(row.subject, RFC9421, house.now)
    uow.tasks.retry(row, house.now + AGAIN_AFTER, reason)


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + AGAIN_AFTER, reason)


JOB = Job(name="look_at_peer", every=1.0, claim=claim, work=work, at_once=4, mishap=_mishap)
