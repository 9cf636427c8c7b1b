"""Takes a whole import in, batch by batch: progress as it goes, and where it stopped the same command goes on."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import click

from node.actions.import_file import Fate, Imported, Run, import_parts, known_once
from node.cli.running import RunningNode, printable
from node.contracts import Draft, Unread

#: So many parts are taken in together: a kill costs no more, and whoever else writes waits no longer.
BATCH = 50
#: Seconds between two lines of progress where nobody looks at the screen.
EVERY = 5.0

#: One file of an import: its name, and how its parts are read.
Source = tuple[str, Callable[[], Iterator[Draft | Unread]]]


@dataclass(slots=True, kw_only=True)
class Progress:
    """What was done so far, told on stderr: on one line that changes for people, on a line now and then for a log."""

    counts: Counter[str] = field(default_factory=Counter)
    begun: float = 0.0
    told: float = field(default_factory=time.monotonic)

    def begin(self, file: str) -> None:
        """A file is read: of a large one nothing else can be told for a while."""
        self.begun = self.begun or time.monotonic()
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{printable(file)[:100]}…", err=True, nl=False)

    def tell(self, file: str, done: int, of: int) -> None:
        """Says how far a file is."""
        at, is_watched = time.monotonic(), sys.stderr.isatty()
        if not is_watched and at - self.told < EVERY:
            return
        self.told = at
        rate = sum(self.counts.values()) / max(at - self.begun, 0.001)
        words = ", ".join(f"{count} {fate}" for fate, count in sorted(self.counts.items()))
        line = f"{printable(file)[:60]}: {done}/{of} ({words}; {rate:.0f}/s)"
        click.echo(f"\r\x1b[K{line[:150]}" if is_watched else line, err=True, nl=not is_watched)

    def end(self) -> None:
        """Leaves the line that changes."""
        if sys.stderr.isatty():
            click.echo(err=True)


def take_in(node: RunningNode, run: Run, sources: Iterator[Source | Unread]) -> list[Imported]:
    """Everything in these files, in their order; each batch is a transaction of its own.

    Ctrl-C ends it after the batch that is under way: what was done stays, and is known the next time.
    """
    done: list[Imported] = []
    met: dict[str, str] = {}
    progress = Progress()
    try:
        for source in sources:
            name = source.source if isinstance(source, Unread) else source[0]
            progress.begin(name)
            parts = [source] if isinstance(source, Unread) else list(known_once(source[1](), met))
            for start in range(0, len(parts), BATCH):
                batch = _batch(node, run, parts[start : start + BATCH])
                done += batch
                progress.counts.update(str(each.fate) for each in batch)
                progress.tell(name, start + len(batch), len(parts))
    except KeyboardInterrupt:
        progress.end()
        click.echo(f"maillage: stopped after {len(done)} parts; the same command goes on from there", err=True)
        raise
    progress.end()
    return done


def _batch(node: RunningNode, run: Run, parts: Sequence[Draft | Unread]) -> list[Imported]:
    """What became of a few parts, in their order."""
    drafts = [part for part in parts if isinstance(part, Draft)]
    house = node.house()
    taken = iter(node.database.write_now(lambda uow: import_parts(uow, house, drafts, run)) if drafts else [])
    return [
        next(taken)
        if isinstance(part, Draft)
        else Imported(source=part.source, name="", fate=Fate.UNREADABLE, remark=part.reason)
        for part in parts
    ]
