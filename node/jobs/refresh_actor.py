"""Reads an actor's document again: a new name, key or inbox; or it is gone, and then its links end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from federation.errors import Gone, RemoteError
from node.contracts import House, Job, Tools
from node.domain.errands import REFRESH_ACTOR, Errand
from node.storage.claims import owner_here
from node.storage.farewells import end_of
from node.storage.keeping import keep_actor
from node.storage.mishaps import put_off, set_aside
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.errors import VocabError
from vocab.things.actor import Actor

LEASE = timedelta(seconds=120)
MOST_TRIES = 6


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases actors to be read again."""
    return uow.tasks.claim(REFRESH_ACTOR, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Reads one actor again."""
    if tools.house().is_local(row.subject):
        await tools.database.write(lambda uow: uow.tasks.finish(row, tools.house().now))
        return
    try:
        answer = await tools.outside.document(row.subject)
        actor = jsonld.read(answer.body)
    except Gone:
        await tools.database.write(lambda uow: _end(uow, tools.house(), row))
    except (RemoteError, VocabError) as problem:
        await tools.database.write(partial(put_off, here=tools.house(), row=row, problem=problem, most=MOST_TRIES))
    else:
        await tools.database.write(lambda uow: _keep(uow, tools.house(), row, actor, answer.body))


def _keep(uow: UnitOfWork, house: House, row: TaskRow, actor: object, document: bytes) -> None:
    if isinstance(actor, Actor) and actor.id == row.subject:
        keep_actor(uow, actor, document, house.now, goes_on=Errand.of(row.payload).budget > 0)
        uow.tasks.finish(row, house.now)
    else:
        uow.tasks.park(row, "there is no actor there", house.now)


def _end(uow: UnitOfWork, house: House, row: TaskRow) -> None:
    end_of(uow, row.subject, house.now)
    uow.tasks.finish(row, house.now)


JOB = Job(name="refresh_actor", every=0.5, claim=claim, work=work, at_once=4, mishap=set_aside)
