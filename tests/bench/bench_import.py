"""What it costs to import a table of 20,000 rows, and to find the second time that nothing has changed."""

from __future__ import annotations

import csv
import io
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from bench.figures import Figure

from kit.guests import Stage
from node.actions.import_file import Imported, Run, import_parts
from node.actions.publish import publish
from node.contracts import Draft, File
from node.domain.placing import Placement
from node.formats.csv import read
from node.storage.engine import Database

T = TypeVar("T")

COUNT = 20_000
BATCH = 50
WORDS = ["logement", "bail", "accueil", "atelier", "quartier", "entraide", "budget", "coopérative", "loyer", "visite", "projet"]


def table() -> bytes:
    """A table of notes: 250 bytes a row, fifty authors, as many topics as words."""
    drawn = random.Random(1)  # noqa: S311 -- any words will do
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["id", "titre", "contenu", "sujets", "auteur", "date", "licence"])
    for number in range(COUNT):
        words = " ".join(drawn.choices(WORDS, k=18))
        row = [number, f"Note {number} sur {words[:40]}", f"{words}.", drawn.choice(WORDS), f"Personne {number % 50}"]
        writer.writerow([*row, f"2020-0{1 + number % 9}-1{number % 10}", "CC BY-SA 4.0"])
    return out.getvalue().encode()


def measure() -> Iterator[Figure]:
    """The figures."""
    content = table()
    drafts, seconds = _timed(lambda: [part for part in read(File(name="t.csv", content=content)) if isinstance(part, Draft)])
    yield Figure(name=f"reading {COUNT:,} rows, {len(content) / 1e6:.1f} MB", value=seconds, unit="s")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        database.migrate()
        stage = Stage(database)
        done, seconds = _timed(lambda: _take(stage, drafts[: COUNT // 2]))
        yield Figure(name="rows imported a second, the first half", value=len(done) / seconds, unit="/s")
        done, seconds = _timed(lambda: _take(stage, drafts))
        fates = Counter(str(each.fate) for each in done)
        yield Figure(name="rows imported a second, going on to the end", value=fates["new"] / seconds, unit="/s")
        yield Figure(name="of them known from the first half", value=fates["same"], unit="rows", promise=f"{COUNT // 2:,}")
        done, seconds = _timed(lambda: _take(stage, drafts))
        yield Figure(name="rows looked at a second, the second time", value=len(done) / seconds, unit="/s")
        yield Figure(
            name="that changed nothing", value=sum(each.fate == "same" for each in done), unit="rows", promise=f"{COUNT:,}"
        )
        database.close()


def _take(stage: Stage, drafts: list[Draft]) -> list[Imported]:
    placement = Placement(author=stage.author, community=stage.community)
    names = stage.database.read_now(lambda uow: uow.imports.called(stage.community, placement.scope))
    run = Run(placement=placement, publish=publish, source="t.csv", names=names)
    done: list[Imported] = []
    for start in range(0, len(drafts), BATCH):
        batch = drafts[start : start + BATCH]
        done += stage.database.write_now(lambda uow, batch=batch: import_parts(uow, stage.house(), batch, run))  # type: ignore[misc]
    return done


def _timed(deed: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return deed(), time.perf_counter() - start
