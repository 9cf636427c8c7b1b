"""Sends what waits in the outbox: signs it anew, delivers it, and writes down what follows from the answer."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from federation import delivery, outbox
from federation.errors import ForbiddenAddress, LocalError, RemoteError
from federation.messages import Answer, SigningKey
from federation.signatures import DRAFT_CAVAGE
from node.contracts import House, Job, Tools
from node.errors import NotFound
from node.storage.claims import owner_here
from node.storage.shelves.deliveries import DeliveryRow
from node.storage.unit_of_work import UnitOfWork

#: A try takes ten seconds at most, twice when the other standard is knocked with; the lease outlives both.
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """What a try needs."""

    document: bytes
    key: SigningKey | None
    standard: str


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[DeliveryRow]:
    """Leases due deliveries, at most two per host."""
    return uow.deliveries.claim(house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: DeliveryRow) -> None:
    """Tries one delivery."""
    ready = await tools.database.read(lambda uow: _prepare(uow, row))
    if ready.key is None:
        outcome, standard = delivery.Outcome(error="the sender has no key any more"), ready.standard
        decision = delivery.Decision(state=delivery.State.PARKED, reason=outcome.error)
    else:
        outcome, standard = await _try(tools, row, ready, ready.key)
        decision = delivery.after(
            outcome,
            attempts=row.attempts,
            first_at=row.created_at,
            now=tools.house().now,
            jitter=random.uniform(-1, 1),  # noqa: S311 -- spreads tries over time, protects nothing
            last_status=row.last_status,
        )
    await tools.database.write(lambda uow: _settle(uow, tools.house(), row, outcome, decision, standard))


def _prepare(uow: UnitOfWork, row: DeliveryRow) -> _Ready:
    try:
        key = uow.keys.signing(row.sender)
    except NotFound:
        key = None
    standard = uow.state.get(_standard_key(row.host)) or DRAFT_CAVAGE
    return _Ready(document=uow.deliveries.document(row), key=key, standard=standard)


async def _try(tools: Tools, row: DeliveryRow, ready: _Ready, key: SigningKey) -> tuple[delivery.Outcome, str]:
    outcome = await _knock(tools, row, ready.document, key, ready.standard)
    other = delivery.second_knock(outcome, ready.standard)
    if other is None:
        return outcome, ready.standard
    second = await _knock(tools, row, ready.document, key, other)
    is_better = delivery.verdict(second) is delivery.Verdict.ACCEPTED
    return (second, other) if is_better else (outcome, ready.standard)


async def _knock(tools: Tools, row: DeliveryRow, document: bytes, key: SigningKey, standard: str) -> delivery.Outcome:
    try:
        sealed = await asyncio.to_thread(outbox.seal, document, row.inbox, key, tools.house().now, standard)
        answer: Answer = await tools.outside.send(sealed)
    except ForbiddenAddress as problem:
        # Not to be tried again: an address does not become public by waiting.
        return delivery.Outcome(status=403, error=str(problem))
    except (RemoteError, LocalError) as problem:
        return delivery.Outcome(error=str(problem))
    return delivery.Outcome(status=answer.status, retry_after=answer.value("retry-after"))


def _settle(
    uow: UnitOfWork,
    house: House,
    row: DeliveryRow,
    outcome: delivery.Outcome,
    decision: delivery.Decision,
    standard: str,
) -> None:
    uow.deliveries.finish(row.id, decision.state.value, outcome.status, decision.reason, at=house.now, due_at=decision.due_at)
    meaning = delivery.verdict(outcome)
    if meaning is delivery.Verdict.ACCEPTED:
        uow.peers.sent(row.host, house.now)
        if (uow.state.get(_standard_key(row.host)) or DRAFT_CAVAGE) != standard:
            uow.state.set(_standard_key(row.host), standard)
    elif meaning is delivery.Verdict.LATER:
        uow.peers.failed(row.host, house.now, decision.reason)
    if decision.check_recipient:
        _look_at_recipients(uow, row)


def _look_at_recipients(uow: UnitOfWork, row: DeliveryRow) -> None:
    """When an inbox is gone, whoever received there is asked for anew: gone too, or moved to another inbox."""
    for link in uow.followings.to(row.sender, "accepted"):
        follower = uow.actors.get(link.follower)
        if follower is not None and row.inbox in {follower.inbox, follower.shared_inbox}:
            uow.tasks.wake("refresh_actor", follower.iri)


def _standard_key(host: str) -> str:
    return f"signature-standard:{host}"


def _mishap(uow: UnitOfWork, house: House, row: DeliveryRow, reason: str) -> None:
    uow.deliveries.finish(row.id, delivery.State.PARKED.value, None, reason, at=house.now)


JOB = Job(name="deliver", every=0.25, claim=claim, work=work, at_once=16, mishap=_mishap)
