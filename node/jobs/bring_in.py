"""Fetches what somebody brings along, looks through it without any effect, and takes it in once they have said so.

Batch by batch: how far it has come is kept with each, and whatever dies meanwhile goes on from there.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import orjson

from node.actions.bring import BRING, LINK, card, collected, noted
from node.actions.import_file import Fate, Imported, Run, import_parts, known_once
from node.actions.look_at_link import look_at_link
from node.actions.publish import publish
from node.actions.read_files import format_of, opened, parts_of, readable
from node.contracts import Draft, File, House, Job, Tools, Unread
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.errors import Invalid
from node.storage.claims import owner_here
from node.storage.shelves.bringings import BringingRow, BroughtRow
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork

LEASE = timedelta(minutes=30)
#: So many parts are taken in together, and so many of one load at most.
BATCH, MOST_PARTS = 50, 5_000
#: Of the report so many lines are kept of what went well, and of what did not.
PLAIN, AMISS = 200, 300


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases what is due."""
    return uow.tasks.claim(BRING, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Goes on until its person has to say something, or it is over."""
    known = await tools.database.read(lambda uow: uow.bringings.get(row.subject))
    if known is not None and known.state == "fetching":
        known = await _fetch(tools, known)
    if known is not None and known.state in {"looking", "taking"}:
        await _go(tools, known)
    await tools.database.write(lambda uow: uow.tasks.finish(row, tools.house().now))


async def _fetch(tools: Tools, row: BringingRow) -> BringingRow:
    said, found, house = orjson.loads(row.addresses), list[BroughtRow](), tools.house()
    for link in said["links"]:
        try:
            found.append(noted(await look_at_link(tools.outside, house, link)))
        except Invalid as fault:
            found.append(BroughtRow(name=link, content=b"", problem=str(fault)))
    if said["site"]:
        found += await collected(tools.outside, house, said["site"])
    fetched = replace(row, state="looking", changed_at=tools.house().now)

    def keep(uow: UnitOfWork) -> None:
        uow.bringings.add_files(row.id, found)
        uow.bringings.put(fetched)

    await tools.database.write(keep)
    return fetched


@dataclass(slots=True, kw_only=True)
class _Way:
    """One go through all of it: what it is, which files, how many parts were met."""

    row: BringingRow
    files: Sequence[BroughtRow]
    names: Mapping[str, Sequence[str]]
    met: dict[str, str] = field(default_factory=dict)
    count: int = 0


async def _go(tools: Tools, row: BringingRow) -> None:
    placed = Placement(author=row.person, community=row.community, audience=Audience(row.audience))

    def begin(uow: UnitOfWork) -> _Way:
        names = uow.imports.called(row.community, placed.scope)
        return _Way(row=row, files=list(uow.bringings.files(row.id)), names=names)

    way = await tools.database.read(begin)
    for file in way.files:
        run = Run(
            placement=placed, publish=publish, source=file.name, names=way.names,
            is_dry=row.state == "looking", takes_probable=bool(row.takes_probable),
        )  # fmt: skip
        for parts in await asyncio.to_thread(_read, file, way):
            for start in range(0, len(parts), BATCH):
                if not await _step(tools, way, run, parts[start : start + BATCH]):
                    return
    await tools.database.write(lambda uow: _over(uow, tools.house(), row))


def _read(file: BroughtRow, way: _Way) -> list[list[Draft | Unread]]:
    """All parts of one file, or of the files in it."""
    if file.problem:
        return [[Unread(source=file.name, reason=file.problem)]]
    if file.format == LINK:
        return [list(known_once([card(file, way.row.language)], way.met))]
    try:
        return [list(known_once(_parts(file, each), way.met)) for each in opened(File(name=file.name, content=file.content))]
    except Invalid as fault:
        return [[Unread(source=file.name, reason=str(fault).removeprefix(f"{file.name}: "))]]


def _parts(brought: BroughtRow, file: File | Unread) -> Iterator[Draft | Unread]:
    if isinstance(file, Unread):
        yield file
        return
    known = readable()
    form = known.get(brought.format) or format_of(known, file)
    if form is None:
        yield Unread(source=file.name, reason="no format has its ending, or several")
    else:
        yield from parts_of(form, file)


async def _step(tools: Tools, way: _Way, run: Run, parts: Sequence[Draft | Unread]) -> bool:
    """Does a few parts, unless they are done already; False when somebody has stopped it."""
    way.count += len(parts)
    if way.count <= way.row.done:
        return True
    if way.count > MOST_PARTS:
        parts = [Unread(source=run.source, reason=f"more than {MOST_PARTS} parts at once; bring the rest by itself")]
    house = tools.house()

    def deed(uow: UnitOfWork) -> bool:
        known = uow.bringings.get(way.row.id)
        if known is None or known.state != way.row.state:
            return False
        done = _taken(uow, house, run, parts)
        uow.bringings.put(replace(known, done=way.count, report=_told(known.report, done), changed_at=house.now))
        return way.count <= MOST_PARTS

    return await tools.database.write(deed) or (way.count > MOST_PARTS and await _ended(tools, way.row))


async def _ended(tools: Tools, row: BringingRow) -> bool:
    await tools.database.write(lambda uow: _over(uow, tools.house(), row))
    return False


def _taken(uow: UnitOfWork, house: House, run: Run, parts: Sequence[Draft | Unread]) -> list[Imported]:
    """What became of a few parts, in their order; what is new waits for somebody to complete it."""
    drafts = [part for part in parts if isinstance(part, Draft)]
    taken = import_parts(uow, house, drafts, run) if drafts else []
    for each in taken:
        if each.fate is Fate.NEW and each.iri:
            uow.unfinished.add(each.iri, house.now)
    found = iter(taken)
    return [
        next(found)
        if isinstance(part, Draft)
        else Imported(source=part.source, name="", fate=Fate.UNREADABLE, remark=part.reason)
        for part in parts
    ]


def _told(report: str, done: Sequence[Imported]) -> str:
    """The report with these parts: how many of each fate, and a line for those that somebody can look through."""
    said: dict[str, Any] = orjson.loads(report or '{"counts":{},"plain":[],"amiss":[]}')
    said["counts"] = dict(Counter(said["counts"]) + Counter(str(each.fate) for each in done))
    for each in done:
        is_plain = each.fate in {Fate.NEW, Fate.CHANGED, Fate.SAME}
        kind, most = ("plain", PLAIN) if is_plain else ("amiss", AMISS)
        if len(said[kind]) < most:
            said[kind].append([str(each.fate), each.name, each.source, each.iri, each.remark])
    return orjson.dumps(said).decode()


def _over(uow: UnitOfWork, house: House, row: BringingRow) -> None:
    known = uow.bringings.get(row.id)
    if known is not None and known.state == row.state:
        ended = replace(known, total=known.done, changed_at=house.now)
        uow.bringings.put(replace(ended, state="ready") if row.state == "looking" else replace(ended, state="done"))


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    known = uow.bringings.get(row.subject)
    if known is not None:
        uow.bringings.put(replace(known, state="stopped", changed_at=house.now))
    uow.tasks.park(row, reason, house.now)


JOB = Job(name="bring_in", every=0.5, claim=claim, work=work, at_once=1, mishap=_mishap)
