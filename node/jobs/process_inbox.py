"""Acts on what came in: finds the handler of each activity, checks, acts, and marks it done, many in one transaction.

An Undo goes to the handler of what is undone. What nobody understands is kept; what may not be is refused with its reason.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from federation import delivery
from federation.errors import FederationError, RemoteError
from federation.messages import Verified
from node.contracts import Handler, House, Job, Outcome, Tools
from node.domain.neighbours import is_withheld
from node.domain.peers import may_receive_from
from node.errors import Busy, NodeError, NotAllowed
from node.storage.acquaintance import acquaintance, may_fetch, state_of
from node.storage.claims import owner_here
from node.storage.declining import NotTaken, decline
from node.storage.handed_on import author_meant, member_meant
from node.storage.hosts import host_of
from node.storage.keeping import keep_actor
from node.storage.neighbours import LET_IN
from node.storage.shelves.inbox import LONGEST_KEPT, End, InboxRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.errors import VocabError
from vocab.thing import Thing
from vocab.things.actor import Actor

LEASE = timedelta(seconds=60)
#: A row that was under way in so many crashes is set aside: in the first perhaps beside others, then alone.
MOST_CRASHES = 4
#: How often the unknown actor of an activity is asked for before the activity is refused.
MOST_TRIES = 5
FORBIDDEN = 403

#: So many are acted on in one transaction. When one fails all are undone, and done again each in a part of its own.
TOGETHER = 128
#: While the database is out of reach, one looks again after so many seconds, as long as the lease holds.
PAUSE_SECONDS, MOST_PAUSES = 2.0, 20

#: Messages acted on together, in the order in which they came. Those of one actor are never in two pieces at a time.
Piece = tuple[InboxRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undone:
    """The activity that an Undo takes back, and those who may know how."""

    verified: Verified
    handlers: tuple[Handler, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What a piece is worked with: who knows what to do, and what each message says, once it was read; of long ones not."""

    handlers: Mapping[str, Handler]
    said: dict[int, Verified]


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[Piece]:
    """Leases activities that wait, oldest first: in one piece those of known actors, in another those of actors to be fetched."""
    rows = uow.inbox.claim(house.now, owner_here(), TOGETHER, LEASE)
    known = tuple(row for row in rows if state_of(uow, row.actor))
    strangers = tuple(row for row in rows if not state_of(uow, row.actor)) if len(known) < len(rows) else ()
    return [piece for piece in ((known, strangers) if n > 1 else (tuple(rows),)) if piece]


async def work(tools: Tools, piece: Piece) -> None:
    """Acts on a piece; what breaks in an unforeseen way is set aside, and raised once the others are done."""
    waiting = await _waiting(tools, piece)
    rows = [row for row in piece if row.actor not in waiting]
    desk = _Desk(handlers={handler.activity: handler for handler in tools.handlers.values()}, said={})
    for problem in await _written(tools, lambda uow: _settle(uow, tools.house(), rows, desk)):
        raise problem


async def _written(tools: Tools, act: Callable[[UnitOfWork], list[Exception]]) -> list[Exception]:
    for _ in range(MOST_PAUSES):
        with contextlib.suppress(Busy):
            return await tools.database.write(act)
        await asyncio.sleep(PAUSE_SECONDS)
    return await tools.database.write(act)


def _settle(uow: UnitOfWork, house: House, rows: Sequence[InboxRow], desk: _Desk) -> list[Exception]:
    """Acts on a piece; gives what nobody foresaw. When anything fails all of it is undone, and each acted on by itself."""
    whole = uow.attempt(lambda part: [_act(part, house, row, desk) for row in rows])
    if whole.result is not None:
        uow.inbox.finish_all(whole.result, house.now)
        return []
    return [problem for row in rows if (problem := _settle_alone(uow, house, row, desk)) is not None]


def _settle_alone(uow: UnitOfWork, house: House, row: InboxRow, desk: _Desk) -> Exception | None:
    """Acts on one message, in a part of the transaction of its own; gives what nobody foresaw."""
    done = uow.attempt(lambda part: _act(part, house, row, desk))
    problem = done.failure
    if done.result is not None:
        uow.inbox.finish_all([done.result], house.now)
        return None
    if isinstance(problem, NodeError | FederationError | VocabError):
        _refuse(uow, house, row, str(problem))
        if isinstance(problem, NotTaken):
            decline(uow, house, problem.refusal(row.activity))
        return None
    uow.inbox.finish(row.id, "parked", f"{type(problem).__name__} in process_inbox", house.now)
    return problem


def _act(uow: UnitOfWork, house: House, row: InboxRow, desk: _Desk) -> End:
    """Acts on one message; how it ends."""
    if row.crashes >= MOST_CRASHES:
        return End(row.id, "parked", "it stopped the node four times")
    verified = desk.said.get(row.id) or uow.inbox.verified(row)
    if len(row.body) <= LONGEST_KEPT:
        desk.said[row.id] = verified
    known = acquaintance(uow, host_of(verified.actor))
    opinion = may_receive_from(house.mode, known.trust, is_followed=known.is_followed, activity=row.type)
    if not opinion.is_allowed:
        raise NotAllowed(opinion.reason.in_language(house.language))
    if state_of(uow, verified.actor) not in {"", "active"}:
        raise NotAllowed("This actor may not write here.")
    if is_withheld(known.measure) and row.reason != LET_IN:
        return End(row.id, "held")
    handler = desk.handlers.get(verified.activity.type)
    if handler is None:
        return End(row.id, Outcome.NOT_UNDERSTOOD.value, f"nobody here knows {row.type[:200]}")
    handler.check(uow, house, verified)
    undone = _undone(verified, desk.handlers)
    outcome = handler.receive(uow, house, verified) if undone is None else _undo(uow, house, undone)
    return End(row.id, outcome.value)


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


async def _waiting(tools: Tools, piece: Piece) -> set[str]:
    """Sees to it that the documents of the actors are here, before the transaction; those whose messages wait for theirs."""
    actors = tuple(dict.fromkeys(row.actor for row in piece))
    strangers = await tools.database.read(lambda uow: [actor for actor in actors if not state_of(uow, actor)])
    waiting = {actor for actor in strangers if not await _is_known(tools, [row for row in piece if row.actor == actor])}
    handed = [row for row in piece if row.type == "Announce" and row.recipient and row.actor not in waiting]
    if not handed:
        return waiting
    quoted = await tools.database.read(lambda uow: _quoted(uow, tools.house(), handed))
    return waiting | {row.actor for row, author in quoted if not await _is_known(tools, [row], author)}


def _quoted(uow: UnitOfWork, house: House, rows: Sequence[InboxRow]) -> list[tuple[InboxRow, str]]:
    """The messages by which a community hands on the words of somebody who is not known here, with who that is."""
    said = [(row, verified) for row in rows if member_meant(uow, house, verified := uow.inbox.verified(row))]
    named = [(row, author_meant(verified)) for row, verified in said]
    return [
        (row, author)
        for row, author in named
        if author and not house.is_local(author) and not state_of(uow, author)
        and may_fetch(uow, house, host_of(author), is_vouched=True).is_allowed
    ]  # fmt: skip


async def _is_known(tools: Tools, rows: Sequence[InboxRow], actor_iri: str = "") -> bool:
    """Fetches the actor of these messages, or another one that they need; False when they wait for it."""
    first = rows[0]
    wanted = actor_iri or first.actor
    try:
        answer = await tools.outside.document(wanted)
        actor = jsonld.read(answer.body)
    except (RemoteError, VocabError) as problem:
        is_final = not isinstance(problem, RemoteError) or problem.is_final
        if is_final or first.attempts >= MOST_TRIES:
            return True  # the handler decides whether it can do without
        reason, due_at = str(problem), tools.house().now + delivery.wait(first.attempts)
        await tools.database.write(lambda uow: _put_off(uow, rows, due_at, reason))
        return False
    if isinstance(actor, Actor) and actor.id == wanted:
        await tools.database.write(lambda uow: keep_actor(uow, actor, answer.body, tools.house().now))
    return True


def _put_off(uow: UnitOfWork, rows: Sequence[InboxRow], due_at: datetime, reason: str) -> None:
    for row in rows:
        uow.inbox.retry(row.id, due_at, reason)


def _refuse(uow: UnitOfWork, house: House, row: InboxRow, reason: str) -> None:
    uow.inbox.finish(row.id, "refused", reason, house.now)
    uow.refusals.add(house.now, FORBIDDEN, reason, host_of(row.actor), actor=row.actor, activity=row.activity, excerpt=row.body)


def _mishap(uow: UnitOfWork, house: House, piece: Piece, reason: str) -> None:
    """Sets aside what is not marked yet."""
    for row in piece:
        found = uow.inbox.get(row.activity)
        if found is not None and found.state == "due" and found.attempts == row.attempts:
            uow.inbox.finish(row.id, "parked", reason, house.now)


JOB = Job(name="process_inbox", every=0.25, claim=claim, work=work, at_once=4, is_intake=True, mishap=_mishap)
