"""Fetches a thing from its own server and keeps it, or buries what is gone there; and notes which community holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from federation import delivery
from federation.errors import Gone, RemoteError, UnacceptableAnswer
from node.contracts import House, Job, Tools
from node.domain.errands import FETCH, Errand
from node.domain.peers import may_fetch_from
from node.domain.receiving import tombstone
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.acquaintance import acquaintance
from node.storage.claims import owner_here
from node.storage.hosts import host_of
from node.storage.shelves.tasks import TaskRow
from node.storage.taking import hold, take
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.errors import VocabError
from vocab.thing import Thing

#: Four addresses, twice, ten seconds each; and some.
LEASE = timedelta(seconds=120)
MOST_TRIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Whether to go out for a thing at all: it may be here already, or `refusal` says why not."""

    is_here: bool = False
    refusal: str = ""


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases things to be fetched."""
    return uow.tasks.claim(FETCH, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Fetches one thing."""
    errand = Errand.of(row.payload)
    iri = errand.iri or row.subject.partition(" ")[0]
    plan = await tools.database.read(lambda uow: _plan(uow, tools.house(), iri, errand))
    if plan.refusal:
        await tools.database.write(lambda uow: uow.tasks.park(row, plan.refusal, tools.house().now))
        return
    if plan.is_here:
        await tools.database.write(lambda uow: _hold_local(uow, tools.house(), row, iri, errand))
        return
    try:
        thing, document = await _fetched(tools, iri)
    except Gone:
        await tools.database.write(lambda uow: _bury(uow, tools.house(), row, iri))
    except (RemoteError, VocabError) as problem:
        is_final = not isinstance(problem, RemoteError) or problem.is_final or row.attempts >= MOST_TRIES
        reason = str(problem)
        await tools.database.write(lambda uow: _put_off(uow, tools.house(), row, reason, is_final=is_final))
    else:
        await tools.database.write(lambda uow: _keep(uow, tools.house(), row, errand, thing, document))


def _plan(uow: UnitOfWork, house: House, iri: str, errand: Errand) -> _Plan:
    if house.is_local(iri):
        return _Plan(is_here=True)
    host = host_of(iri)
    known = acquaintance(uow, host)
    opinion = may_fetch_from(house.mode, known.trust, is_followed=known.is_followed, is_vouched=errand.is_vouched)
    return _Plan(refusal="" if opinion.is_allowed else f"{host} : {opinion.reason.in_language(house.language)}")


async def _fetched(tools: Tools, iri: str) -> tuple[Thing, bytes]:
    answer = await tools.outside.document(iri)
    thing = jsonld.read(answer.body)
    if thing.type == "Tombstone":
        raise Gone(f"{iri} is a tombstone")
    if thing.id != answer.url:
        raise UnacceptableAnswer("The document says that it is another one")
    return thing, answer.body


def _keep(uow: UnitOfWork, house: House, row: TaskRow, errand: Errand, thing: Thing, document: bytes) -> None:
    reason = take(uow, house, errand, thing, document)
    if reason:
        uow.tasks.park(row, reason, house.now)
    else:
        uow.tasks.finish(row, house.now)


def _hold_local(uow: UnitOfWork, house: House, row: TaskRow, iri: str, errand: Errand) -> None:
    stored = uow.things.get(iri, PUBLIC_SCOPE)
    if stored is not None:
        hold(uow, house, errand, stored.entry)
    uow.tasks.finish(row, house.now)


def _bury(uow: UnitOfWork, house: House, row: TaskRow, iri: str) -> None:
    """Gone from its own server: gone here. Of what was never here nothing is remembered."""
    known = uow.things.get_any(iri)
    if known is not None and known.entry.deleted_at is None and not known.entry.is_local:
        uow.things.bury(iri, jsonld.dump(tombstone(iri, known.entry.type, house.now)), house.now)
    uow.tasks.finish(row, house.now)


def _put_off(uow: UnitOfWork, house: House, row: TaskRow, reason: str, *, is_final: bool) -> None:
    if is_final:
        uow.tasks.park(row, reason, house.now)
    else:
        uow.tasks.retry(row, house.now + delivery.wait(row.attempts), reason)


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.park(row, reason, house.now)


JOB = Job(name="fetch_thing", every=0.25, claim=claim, work=work, at_once=8, mishap=_mishap)
