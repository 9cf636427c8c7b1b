"""Writes statements into the index, in a process of its own, and ends with a copy of it that questions are put to.

Lines of JSON come in: ["address of a thing", "its statements as N-Quads"] each, none for what is public no more; the last is
{"mark": n}, how far the index is then. Without it nothing is given out. Killed at any moment, it leaves what was there.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse

GENTLY = 10
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LISTS = frozenset(
    NamedNode(f"https://www.w3.org/ns/activitystreams#{name}")
    for name in ("Collection", "CollectionPage", "OrderedCollection", "OrderedCollectionPage")
)
#: Exit codes: somebody else writes; the index cannot be opened or written and must be made anew.
LOCKED, BROKEN = 3, 4
#: So many characters of statements are gathered before they are written: more is faster, and takes more memory.
PORTION = 8_000_000


def said(line: str) -> list[Quad]:
    """Statements as they come in; none when they cannot be read."""
    try:
        return list(parse(line, format=RdfFormat.N_QUADS))
    except (SyntaxError, ValueError):
        return []


def lines(source: Iterable[bytes], marks: list[int]) -> Iterator[tuple[str, str]]:
    """The things that come in; the mark is put into `marks` when it comes."""
    for line in source:
        order = json.loads(line)
        if isinstance(order, dict):
            marks.append(order["mark"])
            return
        yield order[0], order[1]


def portions(things: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """The statements of many things, some megabytes at a time."""
    gathered: list[str] = []
    size = 0
    for _, statements in things:
        gathered.append(statements)
        size += len(statements)
        if size >= PORTION:
            yield gathered
            gathered, size = [], 0
    yield gathered


def forgotten(store: Store, about: str) -> list[Quad]:
    """All that is there of a thing: what it says of itself, of its parts, and of what has no address."""
    found: list[Quad] = []
    seen: set[NamedNode | BlankNode] = set()
    waiting: list[NamedNode | BlankNode] = [NamedNode(about)]
    while waiting:
        subject = waiting.pop()
        if subject in seen:
            continue
        seen.add(subject)
        for quad in store.quads_for_pattern(subject, None, None, None):
            found.append(quad)
            target = quad.object
            if isinstance(target, BlankNode) or (isinstance(target, NamedNode) and _is_part(store, target, about)):
                waiting.append(target)
    return found


def _is_part(store: Store, target: NamedNode, about: str) -> bool:
    """What `statements` takes for a part: below a thing's address only lists are, anything else there is a thing of its own."""
    if target.value.startswith(f"{about}#"):
        return True
    kinds = {quad.object for quad in store.quads_for_pattern(target, TYPE, None, None)}
    return target.value.startswith(f"{about}/") and not kinds.isdisjoint(LISTS)


def bring_up_to_date(store: Store, things: Iterator[tuple[str, str]]) -> None:
    """Puts what things say now in the place of what they said."""
    for about, statements in things:
        for quad in forgotten(store, about):
            store.remove(quad)
        store.extend(said(statements))


def give_out(store: Store, root: Path, mark: int) -> None:
    """Makes a copy, by links to files that never change, the one that questions are put to; the one before stays for a while."""
    name = f"at-{mark}-{os.getpid()}"
    store.flush()
    store.backup(str(root / name))
    link = root / f"current-{os.getpid()}"
    link.symlink_to(name)
    before = (root / "current").resolve().name
    link.replace(root / "current")
    for old in root.glob("at-*"):
        if old.name not in {name, before}:
            shutil.rmtree(old, ignore_errors=True)


def make_anew(root: Path, source: IO[bytes]) -> None:
    """A whole index in the place of the one that was there, if any."""
    marks: list[int] = []
    fresh, live = root / "fresh", root / "live"
    shutil.rmtree(fresh, ignore_errors=True)
    store = Store(str(fresh))
    for portion in portions(lines(source, marks)):
        store.bulk_extend(quad for statements in portion for quad in said(statements))
    if not marks:
        return
    store.optimize()
    del store  # closes it
    shutil.rmtree(live, ignore_errors=True)
    for former in root.parent.glob("[0-9]*"):
        if former != root:
            shutil.rmtree(former, ignore_errors=True)
    fresh.rename(live)
    give_out(Store(str(live)), root, marks[0])


def go_on(root: Path, source: IO[bytes]) -> None:
    """The index as it is, with what has changed; OSError when there is none that can be used."""
    if not (root / "live" / "CURRENT").exists():
        raise FileNotFoundError(f"There is no index in {root}.")
    marks: list[int] = []
    store = Store(str(root / "live"))
    bring_up_to_date(store, lines(source, marks))
    if marks:
        give_out(store, root, marks[0])


def locked(root: Path, seconds: float) -> bool:
    """Whether this process is the one that writes, until it ends; another one is waited for so long."""
    descriptor = os.open(root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= end:
            return False
        time.sleep(0.1)


def main() -> None:
    """Writes into the folder that is named; for how long another writer is waited for; "anew", or on from what is there."""
    with contextlib.suppress(OSError):
        os.nice(GENTLY)
        # When the machine runs out of memory, this is what it takes first, and not the node.
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    root, patience, how = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    if not locked(root, patience):
        sys.exit(LOCKED)
    try:
        (make_anew if how == "anew" else go_on)(root, sys.stdin.buffer)
    except OSError as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(BROKEN)


if __name__ == "__main__":
    main()
