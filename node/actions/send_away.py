"""Takes a copy of the node elsewhere, sealed, and reads it back; and rehearses what it is for: a node put back from a copy."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from federation.errors import ForbiddenAddress, RemoteError
from node.contracts import Tools
from node.domain.elsewhere_copies import KEPT, NAME, Log, Place, Rehearsal, Sent
from node.errors import Busy, Conflict, Invalid, NodeError
from node.storage.backups import address_in, counts_here, counts_in, put_back
from node.storage.elsewhere_copies import keep_log, log_of, whole
from node.storage.sealing import NoKey, public_of, seal, unseal
from node.storage.unit_of_work import UnitOfWork

#: A file by which one sees whether a folder takes files and gives them back.
TRIAL = "maillage-essai.txt"
DATABASE = "maillage.sqlite"
_PIECE = 1_048_576
#: What a status of the other server means.
_WRONG = {
    **dict.fromkeys((301, 302, 303, 307, 308), "moved"),
    **dict.fromkeys((401, 403), "password"),
    **dict.fromkeys((404, 405, 409), "folder"),
    **dict.fromkeys((423, 429, 502, 503, 504), "busy"),
    413: "large",
    507: "full",
}
_ARRIVED, _THERE = frozenset({200, 201, 204}), 200


class NotKept(NodeError):
    """What kept a copy from arriving, or from being read back, by a short word."""

    def __init__(self, kind: str, said: str = "") -> None:
        super().__init__(said or kind)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    tools: Tools
    data: Path
    place: Place

    async def put(self, name: str, file: Path) -> None:
        """Sends a file, and reads it back; raises NotKept unless it came back the same."""
        back, carrier = file.with_name(f"{file.name}.retour"), self.tools.carrier
        if carrier is None:
            raise NotKept("silent")
        try:
            self.must(await carrier.put(self.place.of(name), self.place.headers, file), _ARRIVED)
            self.must(
                await carrier.get(self.place.of(name), self.place.headers, back, await asyncio.to_thread(_size, file)), {_THERE}
            )
            if await asyncio.to_thread(_digest, back) != await asyncio.to_thread(_digest, file):
                raise NotKept("changed")
        except RemoteError as fault:
            raise NotKept("forbidden" if isinstance(fault, ForbiddenAddress) else "silent", str(fault)) from fault
        finally:
            back.unlink(missing_ok=True)

    async def get(self, sent: Sent, file: Path) -> None:
        """Fetches a copy, as it was sent; raises NotKept."""
        if self.tools.carrier is None:
            raise NotKept("silent")
        try:
            self.must(await self.tools.carrier.get(self.place.of(sent.name), self.place.headers, file, sent.size), {_THERE})
        except RemoteError as fault:
            raise NotKept("silent", str(fault)) from fault
        if await asyncio.to_thread(_digest, file) != sent.digest:
            raise NotKept("changed")

    async def remove(self, name: str) -> None:
        """Has a file removed; one that stays is no harm."""
        try:
            if self.tools.carrier is not None:
                await self.tools.carrier.remove(self.place.of(name), self.place.headers)
        except RemoteError:
            return

    @staticmethod
    def must(status: int, wanted: frozenset[int] | set[int]) -> None:
        """Raises NotKept for another status."""
        if status not in wanted:
            raise NotKept(_WRONG.get(status, "answer"), str(status))


async def try_out(tools: Tools, place: Place) -> None:
    """Sends a small file there, reads it back and has it removed; raises NotKept."""
    errand = await _errand(tools, place)
    with tempfile.TemporaryDirectory(dir=errand.data) as folder:
        trial = Path(folder) / TRIAL
        trial.write_text(f"{tools.house().name}\n", "utf-8")
        await errand.put(TRIAL, trial)
        await errand.remove(TRIAL)


async def send_away(tools: Tools, copy: Path) -> Sent | None:
    """Takes a copy elsewhere, if there is a place for it, and keeps in the log what came of it; None when it did not arrive."""
    log = await tools.database.read(log_of)
    if log.place is None or tools.data is None:
        return None
    errand, at = await _errand(tools, log.place), tools.house().now
    name = NAME.format(host=urlsplit(tools.house().url).hostname, at=at)
    with tempfile.TemporaryDirectory(dir=errand.data) as folder:
        file = Path(folder) / name
        await asyncio.to_thread(seal, copy, file, log.place.key)
        try:
            await errand.put(name, file)
        except NotKept as fault:
            kind = fault.kind
            await tools.database.write(lambda uow: keep_log(uow, replace(log_of(uow), tried_at=at, problem=kind)))
            return None
        sent = Sent(name=name, size=await asyncio.to_thread(_size, file), digest=await asyncio.to_thread(_digest, file), at=at)

    def keep(uow: UnitOfWork) -> tuple[Sent, ...]:
        known = log_of(uow)
        found = (sent, *(each for each in known.sent if each.name != name))
        keep_log(uow, replace(known, sent=found[:KEPT], tried_at=at, problem=""))
        return found[KEPT:]

    for old in await tools.database.write(keep):
        await errand.remove(old.name)
    return sent


async def rehearse(tools: Tools, copy: Path, copied_at: datetime, *, secret: str = "") -> Rehearsal:
    """Puts a copy back beside the node, looks at it, and lets go of it; with the secret key, the newest of those kept elsewhere.

    What came of it is kept in the log. Raises nothing that a copy may be the reason of.
    """
    log, at = await tools.database.read(log_of), tools.house().now
    done = Rehearsal(at=at, copied_at=copied_at, is_far=bool(secret))
    data = _folder(tools)
    with tempfile.TemporaryDirectory(dir=data) as folder:
        scratch = Path(folder)
        try:
            if secret:
                copy = await _fetched(tools, log, scratch, secret)
                done = replace(done, copied_at=log.sent[0].at)
            there = await asyncio.to_thread(_tried, copy, scratch, tools)
            done = replace(done, there=there, here=await tools.database.read(counts_here))
        except NotKept as fault:
            done = replace(done, problem=fault.kind)
        except NoKey:
            done = replace(done, problem="key")
        except (Busy, Conflict, Invalid, OSError):
            done = replace(done, problem="damaged")
    await tools.database.write(lambda uow: keep_log(uow, replace(log_of(uow), rehearsal=done)))
    return done


async def _fetched(tools: Tools, log: Log, scratch: Path, secret: str) -> Path:
    """The newest copy of those kept elsewhere, opened; raises NotKept, NoKey or Invalid."""
    if log.place is None or not log.sent:
        raise NotKept("nothing")
    if public_of(secret) != log.place.key:
        raise NotKept("key")
    errand = await _errand(tools, log.place)
    file, folder = scratch / "copie.age", scratch / "copie"
    await errand.get(log.sent[0], file)
    folder.mkdir(mode=0o700)
    await asyncio.to_thread(unseal, file, secret, folder)
    return folder


def _tried(copy: Path, scratch: Path, tools: Tools) -> dict[str, int]:
    target = scratch / "remise" / DATABASE
    target.parent.mkdir(mode=0o700)
    put_back(copy / DATABASE, target)
    if address_in(target) != tools.house().url:
        raise Invalid("This is the copy of another node.")
    return counts_in(target)


async def _errand(tools: Tools, place: Place) -> _Errand:
    data = _folder(tools)
    known = place if place.password else await asyncio.to_thread(whole, place, data)
    return _Errand(tools=tools, data=data, place=known)


def _folder(tools: Tools) -> Path:
    if tools.data is None:
        raise Invalid("This node has no folder of its own.")
    return tools.data


def _size(file: Path) -> int:
    return file.stat().st_size


def _digest(file: Path) -> str:
    made = hashlib.sha256()
    for piece in _pieces(file):
        made.update(piece)
    return made.hexdigest()


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while piece := source.read(_PIECE):
            yield piece
