"""Takes up an archive: as the node that it is of, or as copies in a community of another."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from node.actions import import_archive
from node.actions.import_archive import arrivals
from node.actions.import_file import Fate, Imported, Run
from node.cli import archive_folder
from node.cli.running import RunningNode
from node.cli.taking_in import take_in
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork

#: Things in one transaction, and the rest after it, in seconds: a node that serves meanwhile asks SQLite every tenth of a second
#: whether it may write, and would find it locked each time for as long as all of this takes.
BATCH, REST = 500, 0.12


def restore(node: RunningNode, folder: Path, *, is_dry: bool) -> None:
    """Puts an archive of this very node back, makes the search anew, and says what came back, and what people have to do."""
    archive = archive_folder.opened(folder)
    house = node.house()
    if archive.url != house.url:
        raise Invalid(f"this is the archive of {archive.url}: say which community takes it in, with --community")
    if is_dry:
        click.echo(f"{folder}: whole; {_counted(archive.counts)}")
        return
    counts = node.database.write_now(lambda uow: import_archive.restore(uow, house, archive.rows, archive.counts))
    reindex(node)
    click.echo(_counted(counts))
    if not counts.get("keys"):
        click.echo("This archive held no keys: new ones were made, and others are told once the node runs.", err=True)
    click.echo("Let people in again with: maillage member link EMAIL", err=True)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {table}" for table, count in counts.items() if count)


def reindex(node: RunningNode) -> None:
    """Makes the search index anew, batch by batch."""
    after = node.database.write_now(partial(_reindex, after=0))
    while after:
        time.sleep(REST)
        after = node.database.write_now(partial(_reindex, after=after))


def _reindex(uow: UnitOfWork, after: int) -> int:
    return uow.things.reindex(after, BATCH)


def copy(node: RunningNode, folder: Path, asked: Run) -> list[Imported]:
    """What another node had, in a community of ours: what others name first, what leads to others last.

    An audience that was asked for is that of what was public; nothing else becomes so.
    """
    archive = archive_folder.opened(folder)
    if archive.url == node.house().url:
        raise Invalid("this is the archive of this very node: it is put back into a new one, without --community")
    run = replace(asked, source=archive.url)
    known, done = arrivals(archive.rows), list[Imported]()
    known.emails = node.database.read_now(lambda uow: _here(uow, known.emails))
    for turn in import_archive.TURNS:
        for is_public in (True, False):
            placed = run if is_public else replace(run, placement=replace(run.placement, audience=None))
            parts = partial(import_archive.drafts, archive.rows, known, turn, is_public=is_public)
            taken = take_in(node, placed, iter([(str(archive.folder), parts)]))
            known.moved |= {each.source: each.iri for each in taken if each.iri and each.fate is not Fate.PROBABLE}
            done += taken
    return done


def _here(uow: UnitOfWork, emails: Mapping[str, str]) -> dict[str, str]:
    """Those of the archive who have an account here too: what they wrote stays theirs."""
    return {iri: email for iri, email in emails.items() if uow.members.by_email(email) is not None}
