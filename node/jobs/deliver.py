"""Sends what waits in the outbox: signs it anew, delivers it, and writes down what follows from the answer.

What is needed to send many is read when they are claimed, and what came of many is marked in one transaction: a post to a
thousand servers costs little more than the signatures.
Spec: ActivityPub §7.1.
Spec: RFC 9421 §5.1.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from federation import delivery, outbox
from federation.delivery import Decision, Outcome, State, Verdict
from federation.errors import ForbiddenAddress, LocalError, RemoteError
from federation.messages import Answer, Outgoing, SigningKey
from federation.signatures import DRAFT_CAVAGE, RFC9421
from node.contracts import House, Job, Tools
from node.domain.errands import REFRESH_ACTOR
from node.storage.claims import owner_here
from node.storage.shelves.deliveries import DeliveryRow, Try
from node.storage.synchronising import counted
from node.storage.unit_of_work import UnitOfWork
from node.transport.sealing import Sealer

#: A request takes ten seconds at most; a try is one, or two where the other standard is knocked with, each sent on once at most.
LEASE = timedelta(seconds=60)
#: So many may be under way. A server that dawdles holds two of these places for ten seconds, at most.
AT_ONCE = 192
#: So many of those who receive at an inbox that is gone are looked at.
MOST_RECIPIENTS = 5
#: The answer to a signature that does not fit, as far as the other server knows.
REFUSED = 401

SEALER = Sealer()

_NO_KEY = Decision(state=State.PARKED, reason="The sender has no key any more.")
_AGAIN = Decision(state=State.DUE, reason="To be tried again: the other server came back meanwhile.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A delivery with all that a try needs. `standard` is known to be read there, "" when nothing is known.

    `former` is the key that the sender's own took the place of a while ago: there may be servers that still know only that.
    `extra` are headers for this server alone.
    """

    row: DeliveryRow
    document: bytes
    key: SigningKey | None
    standard: str
    former: SigningKey | None = None
    extra: tuple[tuple[str, str], ...] = ()


class Knock(NamedTuple):
    """What came of one request, signed by `standard`; `asks` names the standard that the answer asks for, "" for none."""

    outcome: Outcome
    standard: str
    asks: str = ""


class Sent(NamedTuple):
    """What came of a try that began at that moment, and what follows."""

    parcel: Parcel
    began_at: datetime
    knock: Knock
    decision: Decision
    is_second: bool = False


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[Parcel]:
    """Leases due deliveries, at most two per host, and reads what they need."""
    claimed = uow.deliveries.claim_known(house.now, owner_here(), n, LEASE)
    if not claimed:
        return ()
    documents = uow.deliveries.documents(each.row for each in claimed)
    keys = {sender: _keys(uow, sender) for sender in {each.row.sender for each in claimed}}
    counts = {sender: counted(uow, sender) for sender in keys}
    uow.peers.meet(each.row.host for each in claimed if each.is_new_host)
    return [
        Parcel(
            row=each.row,
            document=documents[each.row.activity],
            key=keys[each.row.sender][0],
            former=keys[each.row.sender][1],
            standard=each.standard,
            extra=counts[each.row.sender].headers(each.row.inbox, documents[each.row.activity]),
        )
        for each in claimed
    ]


async def work(tools: Tools, parcel: Parcel) -> Sent:
    """Tries one delivery."""
    began_at = tools.house().now
    if parcel.key is None:
        return Sent(parcel, began_at, Knock(Outcome(is_impossible=True), ""), _NO_KEY)
    knock, is_second = await _try(tools, parcel, parcel.key)
    decision = delivery.after(
        knock.outcome,
        attempts=parcel.row.attempts,
        first_at=parcel.row.created_at,
        now=tools.house().now,
        jitter=_jitter(),
        last_status=parcel.row.last_status,
    )
    return Sent(parcel, began_at, knock, decision, is_second)


async def _try(tools: Tools, parcel: Parcel, key: SigningKey) -> tuple[Knock, bool]:
    """What came of it, and whether only the second knock was answered well."""
    first = await _knock(tools, parcel, key, parcel.standard or DRAFT_CAVAGE)
    other = delivery.second_knock(first.outcome, first.standard)
    if other is None:
        return first, False
    second = await _knock(tools, parcel, key, other)
    if delivery.verdict(second.outcome) is Verdict.ACCEPTED:
        return second, True
    if parcel.former is not None and first.outcome.status == REFUSED:
        third = await _knock(tools, parcel, parcel.former, first.standard)
        return (third if delivery.verdict(third.outcome) is Verdict.ACCEPTED else first), False
    return first, False


async def _knock(tools: Tools, parcel: Parcel, key: SigningKey, standard: str) -> Knock:
    try:
        answer = await _carry(tools, parcel, key, standard)
    except ForbiddenAddress as problem:
        # Not to be tried again: an address does not become public by waiting.
        return Knock(Outcome(error=str(problem), is_impossible=True), standard)
    except (RemoteError, LocalError) as problem:
        return Knock(Outcome(error=str(problem)), standard)
    asks = RFC9421 if answer.value("accept-signature") else ""
    return Knock(Outcome(status=answer.status, retry_after=answer.value("retry-after")), standard, asks)


async def _carry(tools: Tools, parcel: Parcel, key: SigningKey, standard: str) -> Answer:
    """The answer to a message; where its inbox sends it on to another address of the same server, once, the one from there."""
    answer = await _post(tools, parcel, parcel.row.inbox, key, standard)
    further = delivery.onward(answer, parcel.row.inbox, allow_http=tools.house().allow_http)
    return answer if further is None else await _post(tools, parcel, further, key, standard)


async def _post(tools: Tools, parcel: Parcel, inbox: str, key: SigningKey, standard: str) -> Answer:
    return await tools.outside.send(await SEALER.sealed(partial(_seal, parcel, inbox, key, tools.house().now, standard)))


def _seal(parcel: Parcel, inbox: str, key: SigningKey, at: datetime, standard: str) -> Outgoing:
    return outbox.seal(parcel.document, inbox, key, at, standard, extra=parcel.extra)


def settle(uow: UnitOfWork, house: House, results: Sequence[Sent]) -> None:
    """Writes down what came of tries."""
    current = [_as_of_now(uow, house, result) for result in results]
    uow.deliveries.settle([_told(uow, result) for result in current], house.now)
    well = []
    for result in current:
        host, outcome = result.parcel.row.host, result.knock.outcome
        _learn(uow, house, result)
        if delivery.verdict(outcome) is Verdict.ACCEPTED:
            well.append(host)
        elif result.decision is not _AGAIN:
            uow.peers.answered(host, outcome, house.now, result.decision.reason, _jitter())
    uow.peers.sent(well, house.now)


def _as_of_now(uow: UnitOfWork, house: House, result: Sent) -> Sent:
    """A try that began while the server was away and failed after it came back tells nothing: it is due again, at once."""
    if not delivery.is_trouble(result.knock.outcome):
        return result
    is_late = uow.peers.came_back(result.parcel.row.host, result.began_at, house.now)
    return result._replace(decision=_AGAIN) if is_late else result


def _told(uow: UnitOfWork, result: Sent) -> Try:
    row, decision = result.parcel.row, result.decision
    state, reason = decision.state, decision.reason
    if decision.check_recipient and not _look_at_recipients(uow, row):
        state, reason = State.DROPPED, "There is nobody at this inbox any more."
    return Try(row=row, state=state.value, status=result.knock.outcome.status, reason=reason, due_at=decision.due_at)


def _learn(uow: UnitOfWork, house: House, result: Sent) -> None:
    """Which standard a host reads: proven by a second knock that opened the door, or asked for in an answer."""
    row, knock = result.parcel.row, result.knock
    if result.is_second:
        uow.peers.verifies(row.host, knock.standard, house.now, is_proven=True)
    elif knock.asks and not result.parcel.standard:
        uow.peers.verifies(row.host, knock.asks, house.now)


def _look_at_recipients(uow: UnitOfWork, row: DeliveryRow) -> bool:
    """When an inbox is gone, some of those who receive there are asked for anew; whether anybody does.

    Gone too, they end; moved to another inbox, what waits goes there; else it is tried again.
    """
    found = uow.actors.receiving_at(row.inbox, MOST_RECIPIENTS)
    for iri in found:
        uow.tasks.wake(REFRESH_ACTOR, iri)
    return bool(found)


def _keys(uow: UnitOfWork, sender: str) -> tuple[SigningKey | None, SigningKey | None]:
    """The sender's key, and the one before as long as it is kept."""
    return uow.keys.current(sender, "rsa"), uow.keys.before(sender)


def _jitter() -> float:
    return random.uniform(-1, 1)  # noqa: S311 -- spreads tries over time, protects nothing


def _mishap(uow: UnitOfWork, house: House, parcel: Parcel, reason: str) -> None:
    uow.deliveries.finish(parcel.row.id, State.PARKED.value, None, reason, at=house.now)


JOB = Job(name="deliver", every=0.25, claim=claim, work=work, at_once=AT_ONCE, settle=settle, mishap=_mishap)
