"""Acts on what came in: finds the handler of each activity, and in one transaction checks, acts, and marks it done.

An Undo goes to the handler of what is undone. What nobody understands is kept; what may not be is refused with its reason.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from weakref import WeakValueDictionary

from federation import delivery
from federation.errors import FederationError, RemoteError
from federation.messages import Verified
from node.contracts import Handler, House, Job, Outcome, Tools
from node.domain.peers import may_receive_from
from node.errors import NodeError, NotAllowed
from node.storage.acquaintance import acquaintance
from node.storage.claims import owner_here
from node.storage.hosts import host_of
from node.storage.keeping import keep_actor
from node.storage.shelves.inbox import InboxRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.errors import VocabError
from vocab.thing import Thing
from vocab.things.actor import Actor

LEASE = timedelta(seconds=60)
#: A row whose work killed the process so often is set aside.
MOST_CRASHES = 3
#: How often the unknown actor of an activity is asked for before the activity is refused.
MOST_TRIES = 5
FORBIDDEN = 403

#: One per actor with work under way in this process; waiters get it in turn.
_LOCKS: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undone:
    """The activity that an Undo takes back, and those who may know how."""

    verified: Verified
    handlers: tuple[Handler, ...]


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[InboxRow]:
    """Leases activities that wait, oldest first."""
    return uow.inbox.claim(house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: InboxRow) -> None:
    """Acts on one activity; those of one actor in the order in which they came."""
    async with _LOCKS.setdefault(row.actor, asyncio.Lock()):
        await _work(tools, row)


async def _work(tools: Tools, row: InboxRow) -> None:
    if row.crashes >= MOST_CRASHES:
        await tools.database.write(lambda uow: _mishap(uow, tools.house(), row, "it stopped the node three times"))
        return
    if not await _is_actor_known(tools, row):
        return
    handlers = {handler.activity: handler for handler in tools.handlers.values()}
    try:
        await tools.database.write(lambda uow: _act(uow, tools.house(), row, handlers))
    except (NodeError, FederationError, VocabError) as problem:
        reason = str(problem)
        await tools.database.write(lambda uow: _refuse(uow, tools.house(), row, reason))


def _act(uow: UnitOfWork, house: House, row: InboxRow, handlers: Mapping[str, Handler]) -> None:
    verified = uow.inbox.verified(row)
    host = host_of(verified.actor)
    known = acquaintance(uow, host)
    opinion = may_receive_from(house.mode, known.trust, is_followed=known.is_followed, activity=row.type)
    if not opinion.is_allowed:
        raise NotAllowed(opinion.reason.in_language(house.language))
    handler = handlers.get(verified.activity.type)
    if handler is None:
        uow.inbox.finish(row.id, Outcome.NOT_UNDERSTOOD.value, f"nobody here knows {row.type[:200]}", house.now)
        return
    handler.check(uow, house, verified)
    undone = _undone(verified, handlers)
    outcome = handler.receive(uow, house, verified) if undone is None else _undo(uow, house, undone)
    uow.inbox.finish(row.id, outcome.value, "", house.now)


def _undone(verified: Verified, handlers: Mapping[str, Handler]) -> _Undone | None:
    """What an Undo is about; None for every other activity. Named by its id alone, every handler is asked."""
    if verified.activity.type != "Undo":
        return None
    inner = next(iter(getattr(verified.activity, "object", ())), None)
    if inner is None:
        return None
    thing: Thing = inner.thing or Thing(id=inner.iri)
    able = tuple(handler for handler in handlers.values() if handler.undo is not None)
    if thing.type:
        able = tuple(handler for handler in able if handler.activity == thing.type)
    return _Undone(verified=replace(verified, activity=thing), handlers=able)


def _undo(uow: UnitOfWork, house: House, undone: _Undone) -> Outcome:
    if not undone.handlers:
        return Outcome.NOT_UNDERSTOOD
    for handler in undone.handlers:
        if handler.undo is not None and handler.undo(uow, house, undone.verified) is Outcome.DONE:
            return Outcome.DONE
    return Outcome.IGNORED


async def _is_actor_known(tools: Tools, row: InboxRow) -> bool:
    """Sees to it that the actor's document is here, before the transaction; False when the row waits for it."""
    if await tools.database.read(lambda uow: uow.actors.get(row.actor)) is not None:
        return True
    try:
        answer = await tools.outside.document(row.actor)
        actor = jsonld.read(answer.body)
    except (RemoteError, VocabError) as problem:
        is_final = not isinstance(problem, RemoteError) or problem.is_final
        if is_final or row.attempts >= MOST_TRIES:
            return True  # the handler decides whether it can do without
        reason, due_at = str(problem), tools.house().now + delivery.wait(row.attempts)
        await tools.database.write(lambda uow: uow.inbox.retry(row.id, due_at, reason))
        return False
    if isinstance(actor, Actor) and actor.id == row.actor:
        await tools.database.write(lambda uow: keep_actor(uow, actor, answer.body, tools.house().now))
    return True


def _refuse(uow: UnitOfWork, house: House, row: InboxRow, reason: str) -> None:
    uow.inbox.finish(row.id, "refused", reason, house.now)
    uow.refusals.add(house.now, FORBIDDEN, reason, host_of(row.actor), actor=row.actor, activity=row.activity, excerpt=row.body)


def _mishap(uow: UnitOfWork, house: House, row: InboxRow, reason: str) -> None:
    uow.inbox.finish(row.id, "parked", reason, house.now)


JOB = Job(name="process_inbox", every=0.25, claim=claim, work=work, at_once=8, mishap=_mishap)
