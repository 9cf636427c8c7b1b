"""maillage doctor: clock, names, keys, reachability, disk, queue; each with its remedy."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import click

from federation.errors import RemoteError
from federation.messages import Outgoing
from node.cli.findings import about_peer, show_findings
from node.cli.running import RunningNode, json_option, with_node
from node.domain.findings import Finding
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork

#: Less free space than this, in bytes, is a warning.
ROOM = 500_000_000
#: Peers refuse signatures of a clock that is this far off, in seconds.
SKEW = 60


def _settings(node: RunningNode) -> Iterator[Finding]:
    federation = node.settings.federation
    is_trial = bool(federation.allow_addresses or federation.allow_http)
    yield Finding(
        what="settings",
        is_well=not is_trial,
        says="federation.allow_addresses or federation.allow_http is set: for trials on one machine only"
        if is_trial
        else "nothing unusual",
        remedy="remove both from maillage.toml before this node meets others" if is_trial else "",
    )
    free = shutil.disk_usage(node.settings.data).free
    yield Finding(
        what="disk",
        is_well=free > ROOM,
        says=f"{free / 1e9:.1f} GB free",
        remedy="" if free > ROOM else "make room, or move the data folder to a larger disk",
    )


def _rows(uow: UnitOfWork, house_application: str) -> Iterator[Finding]:
    try:
        uow.keys.signing(house_application)
        yield Finding(what="keys", is_well=True, says="the node can sign")
    except NotFound:
        yield Finding(
            what="keys", is_well=False, says="the node has no key", remedy="restore a backup; a new key would be a new identity"
        )
    counts = uow.deliveries.counts()
    parked = counts.get("parked", 0)
    yield Finding(
        what="queue",
        is_well=not parked,
        says=f"{counts.get('due', 0)} to deliver, {parked} given up",
        remedy="see `maillage links`, then `maillage links retry HOST`" if parked else "",
    )
    for peer in uow.peers.all():
        if peer.failures:
            yield Finding(
                what=f"peer {peer.host}",
                is_well=False,
                says=peer.last_error or "fails",
                remedy=f"maillage links retry {peer.host}",
            )


async def _reachability(node: RunningNode) -> list[Finding]:
    url = node.settings.node.url
    host = urlsplit(url).hostname or ""
    try:
        await asyncio.get_running_loop().getaddrinfo(host, None)
    except socket.gaierror as problem:
        return [Finding(what="name", is_well=False, says=f"{host}: {problem.strerror}", remedy="add a record for it in the DNS")]
    found = [Finding(what="name", is_well=True, says=f"{host} is known")]
    try:
        async with node.outside() as outside:
            answer = await outside.send(Outgoing(method="GET", url=f"{url}/sante"))
    except RemoteError as problem:
        return [*found, _unreached(str(problem))]
    if url.startswith("https:"):
        found.append(Finding(what="TLS", is_well=True, says="the certificate is accepted"))
    is_answering = answer.status == HTTPStatus.OK
    remedy = "" if is_answering else "look whether the proxy passes requests on, with the Host header as it came"
    found.append(Finding(what="reachability", is_well=is_answering, says=f"{url} answers {answer.status}", remedy=remedy))
    return [*found, _clock(answer.value("date"), node.house().now)]


def _unreached(problem: str) -> Finding:
    if "certificate" in problem.lower():
        return Finding(what="TLS", is_well=False, says=problem, remedy="have the proxy get a certificate for this very name")
    remedy = "start the node, and let the proxy pass requests to it"
    return Finding(what="reachability", is_well=False, says=problem, remedy=remedy)


def _clock(date: str | None, now: datetime) -> Finding:
    try:
        skew = abs((parsedate_to_datetime(date).astimezone(UTC) - now).total_seconds()) if date else 0.0
    except ValueError:
        return Finding(what="clock", is_well=False, says=f"the answer has the date {date!r}", remedy="look at the proxy")
    remedy = "" if skew < SKEW else "turn on time synchronisation"
    return Finding(what="clock", is_well=skew < SKEW, says=f"{skew:.0f} s apart", remedy=remedy)


def examine(node: RunningNode) -> list[Finding]:
    """Everything that was looked at."""
    rows = node.database.read_now(lambda uow: list(_rows(uow, node.house().application)))
    return [*_settings(node), *rows, *asyncio.run(_reachability(node))]


@click.command(name="doctor", help="Look for what may be wrong, each with its remedy; with HOST, why that server is silent.")
@click.argument("host", default="")
@json_option
@with_node
def COMMAND(node: RunningNode, host: str, as_json: bool) -> None:
    """Prints what was found; exit 1 when something is amiss."""
    findings = about_peer(node, host) if host else examine(node)
    show_findings(findings, as_json)
    if not all(finding.is_well for finding in findings):
        raise click.exceptions.Exit(1)
