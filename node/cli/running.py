"""What a command works with: the folder, the settings, the node opened from them, and how answers are printed."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import click
import orjson
from click.core import ParameterSource

from node.config import Settings, load
from node.contracts import Format, House, Outside
from node.errors import Invalid
from node.graph.engine import Graph
from node.storage.engine import Database
from node.storage.migrating import check
from node.storage.shelves.state import ADDRESS
from node.storage.unit_of_work import UnitOfWork

F = TypeVar("F", bound=Callable[..., Any])
P = ParamSpec("P")
R = TypeVar("R")

#: Columns of a table that no person looks at.
WIDE = 2000


class RunningNode(Protocol):
    """A node opened for work, as the wiring builds it."""

    settings: Settings
    database: Database
    graph: Graph | None

    @property
    def formats(self) -> Mapping[str, Format]:
        """Exchange formats, by module name."""
        ...

    def house(self) -> House:
        """The node as of now."""
        ...

    def outside(self) -> contextlib.AbstractAsyncContextManager[Outside]:
        """The guarded way out, open for as long as the context lasts."""
        ...

    async def serve(self, bind: str) -> None:
        """Web and jobs in one process, until the process is asked to stop."""
        ...

    async def work(self) -> None:
        """Jobs only, until the process is asked to stop."""
        ...

    def close(self) -> None:
        """Lets go of the database."""
        ...


OpenNode = Callable[[Settings], RunningNode]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What the commands of one call share."""

    open_node: OpenNode

    @contextlib.contextmanager
    def node(self, data: Path, *, is_migrating: bool = False, is_of_any_version: bool = False) -> Iterator[RunningNode]:
        """The node of folder `data`, closed afterwards; raises Invalid when there is none, or one of another version or address.

        `is_migrating`: the database is brought up to date first. `is_of_any_version`: it is taken as it is.
        """
        settings = load(data)
        if not settings.node.url:
            raise Invalid(f"there is no node in {data}; make one with: maillage init --data {data} --url URL --name NAME")
        if not settings.database.url and not settings.database_file.is_file():
            raise Invalid(f"{settings.database_file} is not there; put a backup into an empty folder with: maillage restore PATH")
        node = self.open_node(settings)
        try:
            if is_migrating:
                node.database.migrate()
            elif not is_of_any_version:
                node.database.read_now(check)
            node.database.read_now(partial(_check_address, settings=settings))
            yield node
        finally:
            node.close()


def _check_address(uow: UnitOfWork, settings: Settings) -> None:
    """Raises Invalid when nobody made a node in this database, or one of another address: with it, each id would be another."""
    made, said = uow.state.get(ADDRESS), settings.node.url
    if made is None:
        helps = "see that database.url names the right one" if settings.database.url else "restore a backup into another folder"
        raise Invalid(f"there is no node in the database of {settings.data}; {helps}")
    if made != said:
        raise Invalid(f"node.url is {said}, but this node was made as {made}, which is part of every identifier: set it back")


def data_option(function: F) -> F:
    """Gives a command the option --data."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="MAILLAGE_DATA",
        default=Path("data"),
        show_default=True,
        help="Folder of the node.",
    )(function)


def json_option(function: F) -> F:
    """Gives a reading command the option --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(function)


def with_node(function: Callable[Concatenate[RunningNode, P], R]) -> Callable[..., R]:
    """Gives a command the opened node of --data as its first argument."""
    return _with_node(function, is_migrating=False)


def with_migrating_node(function: Callable[Concatenate[RunningNode, P], R]) -> Callable[..., R]:
    """The same, with the database brought up to date first."""
    return _with_node(function, is_migrating=True)


def _with_node(function: Callable[Concatenate[RunningNode, P], R], *, is_migrating: bool) -> Callable[..., R]:
    def command(session: Session, /, data: Path, *arguments: P.args, **options: P.kwargs) -> R:
        with session.node(data, is_migrating=is_migrating) as node:
            return function(node, *arguments, **options)

    functools.update_wrapper(command, function)
    return data_option(click.pass_obj(command))


def listing_group(name: str, *, summary: str) -> click.Group:
    """A group of commands that does its command `list` when no other follows."""

    @click.group(name=name, invoke_without_command=True, help=summary)
    @json_option
    @data_option
    @click.pass_context
    def group(context: click.Context, data: Path, as_json: bool) -> None:
        if context.invoked_subcommand is None:
            context.invoke(group.commands["list"], data=data, as_json=as_json)
            return
        # What is said before the command would be lost on it, and the wrong folder be worked on.
        lost = [name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
        if lost:
            raise click.UsageError(f"options stand behind the command: maillage {name} {context.invoked_subcommand} …")

    return group


def show_json(value: object) -> None:
    """Prints a value as indented JSON, which is UTF-8 whatever the terminal speaks."""
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS))


def show_rows(rows: Sequence[Mapping[str, object]], as_json: bool, empty: str) -> None:
    """Prints rows as JSON, or as a table for people with `empty` in place of no rows."""
    if as_json:
        show_json(list(rows))
        return
    if not rows:
        click.echo(empty)
        return
    # imported here: commands that print no table do not wait for it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in rows[0]:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(printable(value) for value in row.values()))
    # Names come from anywhere: nothing in them is markup. Whoever reads through a pipe gets one line for each row.
    is_read_by_people = sys.stdout.isatty()
    Console(highlight=False, markup=False, emoji=False, width=None if is_read_by_people else WIDE).print(table)


#: What French puts before some marks; it steers nothing.
_SPACES = frozenset("\u00a0\u202f")


def printable(value: object) -> str:
    """A value on one line, without what would steer the terminal; lists are joined by commas, None is empty."""
    if isinstance(value, (list, tuple)):
        return ", ".join(printable(part) for part in value)
    text = "" if value is None else str(value)
    return "".join(character if character.isprintable() or character in _SPACES else " " for character in text)
