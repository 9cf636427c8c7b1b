"""maillage export: what is public here, in a format that others read; or everything, as a folder that is read without us."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import click

from node.actions.export_archive import export_archive
from node.cli.archive_folder import ARCHIVE, write
from node.cli.running import RunningNode, json_option, show_json, with_node
from node.cli.writing import write_whole
from node.contracts import House, Listing
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Invalid
from node.storage.archiving import Portion
from node.storage.naming import names_of
from node.storage.unit_of_work import UnitOfWork
from vocab.thing import Thing
from vocab.things.object import Object

PAGE = 500


def _archive(node: RunningNode, out: Path | None, portion: Portion, as_json: bool) -> None:
    if out is None:
        raise click.UsageError("an archive is a folder: say which with --out")
    house = node.house()
    told = node.database.read_now(lambda uow: write(out, export_archive(uow, house, portion), house, portion))
    if as_json:
        show_json({"out": str(out), "format": ARCHIVE, **told})
        return
    click.echo(f"{out}: {told['files']} files, {told['rows']} rows. Begin with {out / 'index.html'}.")
    secrets = " It also holds the node's keys and password hashes." if portion.has_secrets else ""
    click.echo(f"It holds names and e-mail addresses: keep it to yourself.{secrets}", err=True)


def _things(uow: UnitOfWork) -> Iterator[Thing]:
    before = None
    while True:
        page = uow.things.listed(scope=PUBLIC_SCOPE, limit=PAGE, before=before)
        yield from (stored.thing for stored in page if stored.entry.is_local)
        if len(page) < PAGE:
            return
        before = page[-1].seq


def _listing(uow: UnitOfWork, house: House, accepts: Callable[[Thing], bool]) -> Listing:
    things = [thing for thing in _things(uow) if accepts(thing)]
    return Listing(
        things=things,
        title=house.name,
        iri=f"{house.url}/",
        language=house.language,
        publisher=house.name,
        changed_at=max((moment for thing in things if (moment := _moment(thing))), default=None),
        names=names_of(uow, things, PUBLIC_SCOPE, house.language),
    )


def _moment(thing: Thing) -> datetime | None:
    return thing.updated or thing.published if isinstance(thing, Object) else None


@click.command(
    name="export",
    help="Write everything public of this node in FORMAT; or, with `archive`, all that its communities share, as the folder "
    "--out that a browser shows and `maillage import archive` takes up again.",
)
@click.argument("format_name", metavar="FORMAT")
@click.option("--out", type=click.Path(path_type=Path), help="The file or folder to write; standard output when not given.")
@click.option("--private", "has_private", is_flag=True, help="In the archive also what is for one person alone, and reports.")
@click.option("--secrets", "has_secrets", is_flag=True, help="In the archive also private keys and the hashes of passwords.")
@json_option
@with_node
def COMMAND(node: RunningNode, format_name: str, out: Path | None, has_private: bool, has_secrets: bool, as_json: bool) -> None:
    """Writes the public things, or the archive."""
    if format_name == ARCHIVE:
        _archive(node, out, Portion(has_private=has_private, has_secrets=has_secrets), as_json)
        return
    if has_private or has_secrets:
        raise click.UsageError("--private and --secrets are for the archive: whatever else is written is public")
    known = {name: form for name, form in node.formats.items() if form.write}
    form = known.get(format_name)
    if form is None or form.write is None:
        raise Invalid(f"{format_name!r} cannot be written; formats: {', '.join(sorted(known))}, {ARCHIVE}")
    if as_json and out is None:
        raise click.UsageError("--json tells what was written to a file: give --out as well")
    accepts, house = form.accepts, node.house()
    listing = node.database.read_now(lambda uow: _listing(uow, house, accepts))
    body = form.write(listing)
    if out is None:
        sys.stdout.buffer.write(body)
        return
    write_whole(out, body)
    told = {
        "out": str(out),
        "format": format_name,
        "media_type": form.media_type,
        "things": len(listing.things),
        "bytes": len(body),
    }
    if as_json:
        show_json(told)
    else:
        click.echo(f"{out}: {len(listing.things)} things, {len(body)} bytes")
