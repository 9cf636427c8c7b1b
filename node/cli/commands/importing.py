"""maillage import: bring in what a community already has."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from node.actions.import_file import Fate, Imported, Run
from node.actions.publish import publish
from node.actions.read_files import format_of, parts_of
from node.cli.archive_folder import ARCHIVE
from node.cli.binding import bound
from node.cli.drafting import dressed, placement_of
from node.cli.feeding import Place, downloaded, folder_of
from node.cli.running import RunningNode, json_option, show_rows, with_node
from node.cli.taking_in import Source, take_in
from node.cli.taking_up import copy, restore
from node.cli.unpacking import files_of
from node.contracts import Draft, File, Format, Unread
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork

#: In place of a format: each file by its ending.
MIXED = "files"
#: Of what was taken in without a remark so many are shown to people.
MOST_SHOWN = 200
#: The format of pages that name the notebook they are part of.
PRAXIS = "praxis"
#: Under what the fields of a table's columns are remembered.
_MAPPING = "import.mapping:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for: where from, and what all of it gets."""

    format_name: str
    path: Path | str
    genre: str
    topics: tuple[str, ...]
    columns: Mapping[str, str]
    name: str


@click.command(
    name="import",
    help="Import PATH (a file, a folder, a ZIP, or the address of a file on the web) in FORMAT, or `files` for each file by its "
    "ending; what was imported before is not imported twice, and what was interrupted goes on.",
)
@click.argument("format_name", metavar="FORMAT")
@click.argument("path", type=Place())
@click.option("--community", default="", help="The community that receives it; an archive without it is put back as a node.")
@click.option(
    "--author", default="", metavar="EMAIL", help="Who answers for it; the first person of the community when not given."
)
@click.option("--genre", default="", metavar="G", help="The genre of all of it.")
@click.option(
    "--audience",
    type=click.Choice(["public", "community", "private"]),
    default=None,
    help="For whom; as the file says when not given, else for the community.",
)
@click.option("--topic", "topics", multiple=True, metavar="T", help="A topic for all of it; may be repeated.")
@click.option("--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="Which field a column is; COLUMN= leaves it out.")
@click.option("--mapping", default="", metavar="NAME", help="Use the columns remembered under NAME: the next file of one source.")
@click.option("--save-mapping", default="", metavar="NAME", help="Remember what --map says under NAME.")
@click.option("--even-probable", is_flag=True, help="Also what is probably there already.")
@click.option("--overwrite", is_flag=True, help="Also what was changed here since it was imported.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@json_option
@with_node
def COMMAND(  # noqa: PLR0913, PLR0917 -- one parameter an option
    node: RunningNode,
    format_name: str,
    path: Path | str,
    community: str,
    author: str,
    genre: str,
    audience: str | None,
    topics: tuple[str, ...],
    maps: tuple[str, ...],
    mapping: str,
    save_mapping: str,
    even_probable: bool,
    overwrite: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Imports, or says what would be imported."""
    if not community:
        _restore(node, format_name, path, is_dry=dry_run)
        return
    columns = _columns(node, maps, mapping)
    if save_mapping and not dry_run:
        node.database.write_now(lambda uow: uow.state.set(_MAPPING + save_mapping, json.dumps(columns)))
    called = path if isinstance(path, str) else path.resolve().name
    name = f"{mapping or save_mapping}{Path(called).suffix}" if mapping or save_mapping else called
    asked = Asked(format_name=format_name, path=path, genre=genre, topics=topics, columns=columns, name=name)
    sources = iter(()) if format_name == ARCHIVE else _sources(node, asked)
    now = node.house().now

    def begin(uow: UnitOfWork) -> Run:
        placement = placement_of(uow, now, community, author, audience)
        names = uow.imports.called(placement.community, placement.scope)
        return Run(placement=placement, publish=publish, source=name, names=names)

    run = replace(node.database.read_now(begin), is_dry=dry_run, takes_probable=even_probable, overwrites=overwrite)
    _show(_taken(node, asked, run, sources), as_json, f"Nothing to import in {path}.")


def _taken(node: RunningNode, asked: Asked, run: Run, sources: Iterator[Source | Unread]) -> list[Imported]:
    if asked.format_name == ARCHIVE:
        return copy(node, folder_of(asked.path), run)
    return take_in(node, run, bound(node, run, sources) if asked.format_name == PRAXIS else sources)


def _restore(node: RunningNode, format_name: str, path: Path | str, *, is_dry: bool) -> None:
    if format_name != ARCHIVE:
        raise click.UsageError("say which community takes it in, with --community")
    restore(node, folder_of(path), is_dry=is_dry)


def _columns(node: RunningNode, maps: Sequence[str], mapping: str) -> dict[str, str]:
    """Which column is which field: as remembered, and as said now."""
    columns: dict[str, str] = {}
    if mapping:
        known = node.database.read_now(lambda uow: uow.state.get(_MAPPING + mapping))
        if known is None:
            raise Invalid(
                f"no columns are remembered under {mapping!r}; say them with --map COLUMN=FIELD --save-mapping {mapping}"
            )
        columns |= json.loads(known)
    for each in maps:
        column, mark, word = each.rpartition("=")
        if not mark or not column.strip():
            raise Invalid(f"--map {each}: write COLUMN=FIELD, like --map Intitulé=title")
        columns[column.strip()] = word.strip()
    return columns


def _sources(node: RunningNode, asked: Asked) -> Iterator[Source | Unread]:
    known = {name: form for name, form in node.formats.items() if form.read}
    if asked.format_name not in {*known, MIXED}:
        raise Invalid(f"{asked.format_name!r} cannot be imported; formats: {', '.join(sorted([*known, MIXED]))}")
    files = files_of(asked.path, asked.name) if isinstance(asked.path, Path) else iter([downloaded(node, asked.path)])
    return (_source(known, asked, file) for file in files)


def _source(known: Mapping[str, Format], asked: Asked, file: File | Unread) -> Source | Unread:
    if isinstance(file, Unread):
        return file
    form = format_of(known, file) if asked.format_name == MIXED else known[asked.format_name]
    if form is None:
        return Unread(source=file.name, reason="no format has its ending, or several: import it by itself, with its FORMAT")
    whole = replace(file, columns=asked.columns)
    return file.name, lambda: _dressed(parts_of(form, whole), asked.genre, asked.topics)


def _dressed(parts: Iterable[Draft | Unread], genre: str, topics: tuple[str, ...]) -> Iterator[Draft | Unread]:
    for part in parts:
        yield dressed(part, genre, topics) if isinstance(part, Draft) else part


def _show(done: Sequence[Imported], as_json: bool, empty: str) -> None:
    if done and all(each.fate is Fate.UNREADABLE for each in done):
        first = done[0]
        more = f"; and {len(done) - 1} more like it" if len(done) > 1 else ""
        raise Invalid(f"{first.source}: {first.remark}{more}; nothing was imported")
    told = list(done) if as_json else _worth_a_look(done)
    rows: list[dict[str, object]] = [
        {"state": str(each.fate), "title": each.name, "source": each.source, "iri": each.iri, "remark": each.remark}
        for each in told
    ]
    show_rows(rows, as_json, empty)
    if done:
        counts = Counter(str(each.fate) for each in done)
        click.echo(", ".join(f"{count} {fate}" for fate, count in sorted(counts.items())), err=True)


def _worth_a_look(done: Sequence[Imported]) -> list[Imported]:
    """What somebody can read through: all that was not taken in, and the first of the others."""
    plain = [each for each in done if each.fate in {Fate.NEW, Fate.CHANGED, Fate.SAME} and not each.remark]
    shown = {id(each) for each in plain[:MOST_SHOWN]} | {id(each) for each in done} - {id(each) for each in plain}
    return [each for each in done if id(each) in shown]
