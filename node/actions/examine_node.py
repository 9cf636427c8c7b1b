"""Looks at how this node does: its rows, its disk, and how it is seen from outside. The doctor and the dashboard show it."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlsplit

from federation.errors import RemoteError
from federation.messages import Outgoing
from node.contracts import House, Outside, Tools
from node.domain.diagnosis import ROOM, SKEW, STALE, Sign, kept, payload
from node.domain.errands import ALL, COLLECT
from node.errors import NotFound
from node.storage.postbox import kept_postbox
from node.storage.unit_of_work import UnitOfWork

#: Under which name what was seen is kept, and when the last backup was made.
SEEN, BACKUP = "diagnosis", "backup.last"
#: The same of copies that the command line made: where they lie, and for how long, is for whoever made them.
BY_HAND = "backup.by_hand"


def of_rows(uow: UnitOfWork, house: House) -> Iterator[Sign]:
    """What the rows tell: keys, letters, what must still be delivered, servers that fail."""
    try:
        uow.keys.signing(house.application)
        yield Sign(what="keys", is_well=True, code="keys")
    except NotFound:
        yield Sign(what="keys", is_well=False, code="keys none")
    counts = uow.deliveries.counts()
    parked = counts.get("parked", 0)
    values = {"due": str(counts.get("due", 0)), "parked": str(parked)}
    yield Sign(what="queue", is_well=not parked, code="queue", values=values)
    yield from (
        Sign(what=f"peer {peer.host}", is_well=False, code="peer", values={"host": peer.host, "why": peer.last_error or "fails"})
        for peer in uow.peers.all()
        if peer.failures
    )


def of_letters(uow: UnitOfWork, house: House) -> Iterator[Sign]:
    """Whether letters can be sent, and are."""
    postbox = kept_postbox(uow)
    is_set = house.has_mail or postbox is not None
    host = {"host": postbox.host if postbox and not house.has_mail else "maillage.toml"}
    yield Sign(what="mail", is_well=is_set, code="mail" if is_set else "mail none", values=host)
    waiting, lost = uow.letters.listed("due"), uow.letters.count("given_up")
    n, failing = uow.letters.count("due"), next((row for row in waiting if row.last_error), None)
    if is_set and failing is not None and failing.attempts > 1:
        yield Sign(what="letters", is_well=False, code="letters stuck", values={"n": str(n), "why": failing.last_error})
    elif lost:
        yield Sign(what="letters", is_well=False, code="letters lost", values={"n": str(lost)})
    else:
        yield Sign(what="letters", is_well=True, code="letters few" if n else "letters", values={"n": str(n)})
    if house.letterbox:
        task = uow.tasks.get(COLLECT, ALL)
        why = task.last_error if task else ""
        values = {"address": house.letterbox, "why": why}
        yield Sign(what="letterbox", is_well=not why, code="letterbox shut" if why else "letterbox", values=values)


def of_backups(uow: UnitOfWork, house: House) -> Sign:
    """When the last backup was made."""
    known = [json.loads(said)["at"] for said in map(uow.state.get, (BACKUP, BY_HAND)) if said]
    if not known:
        return Sign(what="backup", is_well=False, code="backup none")
    at = max(map(datetime.fromisoformat, known))
    is_fresh = house.now - at < STALE
    return Sign(what="backup", is_well=is_fresh, code="backup" if is_fresh else "backup old", values={"day": f"{at:%Y-%m-%d}"})


def of_machine(data: Path, *, is_trial: bool) -> Iterator[Sign]:
    """What the machine tells."""
    yield Sign(what="settings", is_well=not is_trial, code="settings trial" if is_trial else "settings")
    free = shutil.disk_usage(data).free
    yield Sign(what="disk", is_well=free > ROOM, code="disk", values={"free": f"{free / 1e9:.0f}"})


async def from_outside(outside: Outside, house: House) -> list[Sign]:
    """How the node is seen by others: its name, its certificate, whether it answers, which time it tells, whether it is found."""
    host = urlsplit(house.url).hostname or ""
    try:
        await asyncio.get_running_loop().getaddrinfo(host, None)
    except socket.gaierror as problem:
        return [Sign(what="name", is_well=False, code="name unknown", values={"host": host, "why": problem.strerror or ""})]
    found = [Sign(what="name", is_well=True, code="name", values={"host": host})]
    is_secure = house.url.startswith("https:")
    try:
        answer = await outside.send(Outgoing(method="GET", url=f"{house.url}/sante"))
    except RemoteError as problem:
        return [*found, unreached(str(problem), house.url)]
    found.append(Sign(what="TLS", is_well=is_secure, code="TLS" if is_secure else "TLS none"))
    is_answering = answer.status == HTTPStatus.OK
    values = {"url": house.url, "status": str(answer.status)}
    found.append(
        Sign(
            what="reachability", is_well=is_answering, code="reachability" if is_answering else "reachability odd", values=values
        )
    )
    return [*found, clock(answer.value("date"), house.now), await _found(outside, house)]


def unreached(problem: str, url: str) -> Sign:
    """What kept the node from answering itself."""
    if "certificate" in problem.lower():
        return Sign(what="TLS", is_well=False, code="TLS refused", values={"why": problem})
    return Sign(what="reachability", is_well=False, code="reachability none", values={"url": url, "why": problem})


def clock(date: str | None, now: datetime) -> Sign:
    """How far the clocks are apart."""
    try:
        skew = abs((parsedate_to_datetime(date).astimezone(UTC) - now).total_seconds()) if date else 0.0
    except ValueError:
        return Sign(what="clock", is_well=False, code="clock odd", values={"date": str(date)})
    code = "clock" if skew < SKEW else "clock wrong"
    return Sign(what="clock", is_well=skew < SKEW, code=code, values={"seconds": f"{skew:.0f}"})


async def _found(outside: Outside, house: House) -> Sign:
    """Whether others find the organisation by its address, and can read it."""
    netloc = urlsplit(house.url).netloc
    resource = quote(house.organisation, safe="")
    try:
        named = await outside.send(Outgoing(method="GET", url=f"{house.url}/.well-known/webfinger?resource={resource}"))
        asked = Outgoing(method="GET", url=house.organisation, headers=(("Accept", "application/activity+json"),))
        read = await outside.send(asked)
    except RemoteError as problem:
        return Sign(what="actor", is_well=False, code="actor none", values={"why": str(problem)})
    for answer in (named, read):
        if answer.status != HTTPStatus.OK:
            why = f"{urlsplit(answer.url).path or '/'}: {answer.status}"
            return Sign(what="actor", is_well=False, code="actor none", values={"why": why})
    return Sign(what="actor", is_well=True, code="actor", values={"address": netloc})


async def examine(tools: Tools) -> list[Sign]:
    """Everything, and keeps it for the dashboard."""
    house, database = tools.house(), tools.database
    is_trial = house.allow_http
    machine = list(of_machine(tools.data, is_trial=is_trial)) if tools.data is not None else []

    def look(uow: UnitOfWork) -> list[Sign]:
        return [*of_rows(uow, house), *of_letters(uow, house), of_backups(uow, house)]

    signs = [*machine, *await from_outside(tools.outside, house), *await database.read(look)]
    await database.write(lambda uow: uow.state.set(SEEN, payload(signs, house.now)))
    return signs


def seen(uow: UnitOfWork) -> tuple[datetime, list[Sign]] | None:
    """What was seen the last time, and when."""
    return kept(uow.state.get(SEEN) or "")
