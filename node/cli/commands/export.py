"""maillage export: what is public here, in a format that others read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from node.cli.running import RunningNode, json_option, show_json, with_node
from node.contracts import Listing
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork
from vocab.thing import Thing

PAGE = 500


def _things(uow: UnitOfWork) -> Iterator[Thing]:
    before = None
    while True:
        page = uow.things.listed(scope=PUBLIC_SCOPE, limit=PAGE, before=before)
        yield from (stored.thing for stored in page if stored.entry.is_local)
        if len(page) < PAGE:
            return
        before = page[-1].seq


@click.command(name="export", help="Write everything public of this node in FORMAT; --json tells what was written.")
@click.argument("format_name", metavar="FORMAT")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; standard output when not given.")
@json_option
@with_node
def COMMAND(node: RunningNode, format_name: str, out: Path | None, as_json: bool) -> None:
    """Writes the public things."""
    known = {name: form for name, form in node.formats.items() if form.write}
    form = known.get(format_name)
    if form is None or form.write is None:
        raise Invalid(f"{format_name!r} cannot be written; formats: {', '.join(sorted(known))}")
    if as_json and out is None:
        raise click.UsageError("--json tells what was written to a file: give --out as well")
    things = node.database.read_now(lambda uow: list(_things(uow)))
    body = form.write(Listing(things=[thing for thing in things if form.accepts(thing)]))
    if out is None:
        sys.stdout.buffer.write(body)
        return
    out.write_bytes(body)
    told = {"out": str(out), "format": format_name, "media_type": form.media_type, "things": len(things), "bytes": len(body)}
    if as_json:
        show_json(told)
    else:
        click.echo(f"{out}: {len(things)} things, {len(body)} bytes")
