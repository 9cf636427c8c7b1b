"""Keeps the index of what is public in step with the rows: on from where it stopped, or anew."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from node.domain.visibility import PUBLIC_SCOPE
from node.graph.engine import Graph, Recorder
from node.graph.statements import VOCABULARY, statements, vocabulary
from node.storage.changing import KINDS_OF_ACTORS
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

#: So many are read in one look at the rows.
PORTION = 200
#: From so many changes on it takes less, of time and of memory, to make the whole anew.
MANY = 5_000

#: An address, and the document that everybody may see there; none when there is none.
Shown = tuple[str, bytes | None]


async def bring_up_to_date(database: Database, graph: Graph) -> int:
    """Writes into the index what changed since it was last written; all of it when it does not say how far it is.

    How many things were looked at. Raises Busy when another process writes to it, Conflict when it is broken.
    """
    written, last = graph.mark(), await database.read(_last)
    if written is None or not await database.read(partial(_goes_on, mark=written)):
        return await index_anew(database, graph)
    mark, done = written, 0
    if mark == last:
        return 0
    async with graph.recording(anew=False) as recorder:
        while mark < last:
            mark, shown = await database.read(partial(_touched, after=mark))
            await _put(recorder, shown)
            done += len(shown)
        await recorder.finish(mark)
    return done


async def index_anew(database: Database, graph: Graph) -> int:
    """Makes the whole index from the rows. What changes meanwhile comes with the next look; how many things there are in it."""
    last = await database.read(_last)
    async with graph.recording(anew=True) as recorder:
        await recorder.put(VOCABULARY, await asyncio.to_thread(vocabulary))
        actors = await database.read(_actors)
        await _put(recorder, actors)
        done = len(actors)
        before: int | None = None
        while True:
            before, shown = await database.read(partial(_things, before=before))
            if not shown:
                break
            await _put(recorder, shown)
            done += len(shown)
        await recorder.finish(last)
    return done


async def _put(recorder: Recorder, shown: Sequence[Shown]) -> None:
    for iri, said in await asyncio.to_thread(_said, shown):
        await recorder.put(iri, said)


def _said(shown: Sequence[Shown]) -> list[tuple[str, str]]:
    return [(iri, statements(iri, document) if document is not None else "") for iri, document in shown]


def _last(uow: UnitOfWork) -> int:
    return uow.changes.last_mark()


def _goes_on(uow: UnitOfWork, mark: int) -> bool:
    """Whether the marks since that one are all there, and few; false for an index of other rows than these, too."""
    return uow.changes.first_mark() <= mark + 1 and 0 <= uow.changes.last_mark() - mark <= MANY


def _touched(uow: UnitOfWork, after: int) -> tuple[int, list[Shown]]:
    """The next marks: the last of them, and what everybody may see now of what they name."""
    marks = uow.changes.marked(after, PORTION)
    named = dict.fromkeys(mark.thing for mark in marks)
    return marks[-1].id if marks else uow.changes.last_mark(), [(iri, _document(uow, iri)) for iri in named]


def _document(uow: UnitOfWork, iri: str) -> bytes | None:
    thing = uow.things.get(iri, PUBLIC_SCOPE)
    if thing is not None:
        return None if thing.entry.deleted_at else thing.document
    actor = uow.actors.get(iri)
    is_shown = actor is not None and actor.state == "active" and actor.type in KINDS_OF_ACTORS
    return actor.document if actor is not None and is_shown else None


def _actors(uow: UnitOfWork) -> list[Shown]:
    known = [actor for kind in KINDS_OF_ACTORS for actor in uow.actors.known(kind)]
    return [(actor.iri, actor.document) for actor in known if actor.state == "active"]


def _things(uow: UnitOfWork, before: int | None) -> tuple[int | None, list[Shown]]:
    """The next things that everybody may see, the newest first, and the place to go on from."""
    found = uow.things.listed(scope=PUBLIC_SCOPE, limit=PORTION, before=before)
    return found[-1].seq if found else before, [(each.entry.iri, each.document) for each in found]
