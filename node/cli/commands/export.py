"""maillage export: what is public here, in a format that others read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from node.cli.running import RunningNode, with_node
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


@click.command(name="export", help="Write everything public of this node in FORMAT.")
@click.argument("format_name", metavar="FORMAT")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The file to write; standard output when not given.",
)
@with_node
def COMMAND(node: RunningNode, format_name: str, out: Path | None) -> None:
    """Writes the public things."""
    known = {name: form for name, form in node.formats.items() if form.write}
    form = known.get(format_name)
    if form is None or form.write is None:
        raise Invalid(f"{format_name!r} cannot be written; formats: {', '.join(sorted(known))}")
    body = form.write(node.database.read_now(lambda uow: list(_things(uow))))
    if out is None:
        sys.stdout.buffer.write(body)
    else:
        out.write_bytes(body)
        click.echo(f"{out}: {len(body)} bytes")
