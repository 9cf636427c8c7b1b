"""maillage import: bring in what a community already has."""

from __future__ import annotations

from pathlib import Path

import click

from node.actions.import_file import import_file
from node.actions.publish import publish
from node.cli.drafting import drafts_of, placement_of
from node.cli.running import RunningNode, json_option, show_rows, with_node
from node.contracts import Draft
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork


@click.command(name="import", help="Import PATH (a file or a folder) in FORMAT; what was imported before is not imported twice.")
@click.argument("format_name", metavar="FORMAT")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--community", required=True, help="The community that receives it.")
@click.option(
    "--author", default="", metavar="EMAIL", help="Who answers for it; the first person of the community when not given."
)
@click.option("--genre", default="", metavar="G", help="The genre of all of it.")
@click.option("--audience", type=click.Choice(["public", "community", "private"]), default=None)
@click.option("--topic", "topics", multiple=True, metavar="T", help="A topic for all of it; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@json_option
@with_node
def COMMAND(  # noqa: PLR0913, PLR0917 -- one parameter an option
    node: RunningNode,
    format_name: str,
    path: Path,
    community: str,
    author: str,
    genre: str,
    audience: str | None,
    topics: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Imports, or says what would be imported."""
    house, drafts = node.house(), _drafts(node, format_name, path, genre, topics)

    def deed(uow: UnitOfWork) -> list[dict[str, object]]:
        placement = placement_of(uow, house.now, community, author, audience)
        done = import_file(uow, house, drafts, placement, None if dry_run else publish)
        return [{"state": str(entry.fate), "title": entry.name, "source": entry.source, "iri": entry.iri} for entry in done]

    rows = node.database.read_now(deed) if dry_run else node.database.write_now(deed)
    show_rows(rows, as_json, f"Nothing to import in {path}.")


def _drafts(node: RunningNode, format_name: str, path: Path, genre: str, topics: tuple[str, ...]) -> list[Draft]:
    known = {name: form for name, form in node.formats.items() if form.read}
    if format_name not in known:
        raise Invalid(f"{format_name!r} cannot be imported; formats: {', '.join(sorted(known))}")
    files = sorted(entry for entry in path.iterdir() if entry.is_file()) if path.is_dir() else [path]
    return [draft for file in files for draft in drafts_of(known, file, genre, topics, format_name)]
