"""maillage publish: a text or Markdown file becomes a resource of a community."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from node.actions.publish import publish
from node.cli.drafting import drafts_of, placement_of
from node.cli.running import RunningNode, with_node
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork


@click.command(
    name="publish", help="Publish FILE (Markdown with front matter, plain text, or a calendar) in a community; prints its IRI."
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--community", required=True, help="The community that publishes it, or one of another node that AUTHOR has joined."
)
@click.option("--author", default="", metavar="EMAIL", help="Who wrote it; the first person of the community when not given.")
@click.option(
    "--genre", default="", metavar="G", help="note-de-pratique, etude-de-cas, outil, document-de-reference, temoignage…"
)
@click.option("--audience", type=click.Choice(["public", "community", "private"]), default=None)
@click.option("--topic", "topics", multiple=True, metavar="T", help="A topic by name or IRI; may be repeated.")
@click.option("--replace", "replaces", default="", metavar="IRI", help="The resource of which this is a new version.")
@with_node
def COMMAND(  # noqa: PLR0913, PLR0917 -- one parameter an option
    node: RunningNode,
    file: Path,
    community: str,
    author: str,
    genre: str,
    audience: str | None,
    topics: tuple[str, ...],
    replaces: str,
) -> None:
    """Publishes one file."""
    drafts = drafts_of(node.formats, file, genre, topics)
    if len(drafts) != 1:
        raise Invalid(f"{file} holds {len(drafts)} things; use: maillage import")
    house = node.house()

    def deed(uow: UnitOfWork) -> str:
        placement = placement_of(uow, house.now, community, author or drafts[0].options.get("author", ""), audience)
        return publish(uow, house, drafts[0], replace(placement, replaces=replaces)).iri

    click.echo(node.database.write_now(deed))
