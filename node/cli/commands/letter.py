"""maillage letter: a letter that a mail server hands over, to be shared by the member to whose address it came."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from node.actions.receive_letter import receive_letter
from node.cli.running import Session, data_option
from node.domain.post import MOST_BYTES
from node.errors import NodeError

#: What tells a mail server to keep the letter and hand it over again later.
LATER = 75


@click.command(name="letter", help="Take one letter from standard input, as mail servers hand it over; exit 75: try again later.")
@click.option("--to", "told", default="", help="To whom it goes, where the mail server says so; else its own head counts.")
@data_option
@click.pass_obj
def COMMAND(session: Session, data: Path, told: str) -> None:
    """Keeps the letter; what is for nobody here, or written by no person, is let go of in silence."""
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with session.node(data) as node:
            house = node.house()
            click.echo(node.database.write_now(lambda uow: receive_letter(uow, house, raw, told)).value)
    except (NodeError, OSError) as problem:
        click.echo(f"maillage: {problem}", err=True)
        raise click.exceptions.Exit(LATER) from problem
