"""maillage reply: somebody here answers a thing, of here or elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from node.actions.reply import reply
from node.cli.naming import member
from node.cli.reading import words_of
from node.cli.running import RunningNode, with_node
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork


@click.command(name="reply", help="AUTHOR answers the thing at IRI with TEXT, or with what FILE holds; prints the answer's IRI.")
@click.argument("iri")
@click.argument("text", default="")
@click.option("--author", required=True, metavar="EMAIL", help="Who answers.")
@click.option("--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A file with the words, in UTF-8.")
@with_node
def COMMAND(node: RunningNode, iri: str, text: str, author: str, file: Path | None) -> None:
    """Answers, to those who may see what is answered."""
    if bool(text) == (file is not None):
        raise Invalid("write the answer as TEXT, or give it with --file")
    words = words_of(file) if file is not None else text
    house = node.house()

    def deed(uow: UnitOfWork) -> str:
        return reply(uow, house, iri, member(uow, author).iri, words).iri

    click.echo(node.database.write_now(deed))
