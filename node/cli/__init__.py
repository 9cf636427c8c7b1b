"""The command line: one group made of every COMMAND in commands/, and the one place where errors become exit codes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

import click

from federation.errors import FederationError
from node.cli import commands
from node.cli.running import OpenNode, Session, printable
from node.cli.troubles import worded
from node.collect import collect, collect_one, modules
from node.errors import NodeError
from vocab.errors import VocabError


class _Commands(click.Group):
    """Every COMMAND in commands/; to run one only its own file is loaded, so that it does not wait for what others need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted({*super().list_commands(ctx), *self._all()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name: in the file called so, else in any."""
        file = cmd_name.replace("-", "_")
        if file in modules(commands):
            command = collect_one(commands, file, "COMMAND", click.Command)
            if command.name == cmd_name:
                return command
        return super().get_command(ctx, cmd_name) or self._all().get(cmd_name)

    def _all(self) -> dict[str, click.Command]:
        return {command.name or "": command for command in collect(commands, "COMMAND", click.Command).values()}


def build(open_node: OpenNode) -> click.Group:
    """The command `maillage`; `open_node` builds a node from its settings."""

    @click.group(cls=_Commands, name="maillage", help="A node that communities of practice run themselves.")
    @click.version_option(package_name="maillage")
    @click.pass_context
    def maillage(context: click.Context) -> None:
        context.obj = Session(open_node=open_node)

    return maillage


def run(group: click.Group) -> None:
    """Runs the command line of this process: errors are one line on stderr and exit 1, misuse exits 2."""
    _prepare_output()
    try:
        _check(sys.argv[1:])
        _unwrapped(group)
    except click.UsageError as problem:
        problem.show()
        sys.exit(2)
    except click.ClickException as problem:
        _stop(problem.format_message())
    except (NodeError, FederationError, VocabError) as problem:
        _stop(" ".join([str(problem), *getattr(problem, "__notes__", ())]))
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read has read enough: nothing is left to be said, not even by the interpreter when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (UnicodeError, OSError) as problem:
        _stop(worded(problem))


def _prepare_output() -> None:
    """A terminal that knows few letters shows ? for the others."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _check(arguments: Sequence[str]) -> None:
    """Raises UsageError for an argument that did not come as UTF-8: its odd bytes stand in it as lone surrogates."""
    if any("\ud800" <= character <= "\udfff" for argument in arguments for character in argument):
        raise click.UsageError("An argument is not text in UTF-8.")


def _unwrapped(group: click.Group) -> None:
    """Runs the command; of errors that tasks raised together the first one speaks for all."""
    try:
        code = group.main(standalone_mode=False)
    except BaseExceptionGroup as many:
        problem: BaseException = many
        while isinstance(problem, BaseExceptionGroup):
            problem = problem.exceptions[0]
        raise problem from many
    # A command that ends with click's Exit: its code is given back here instead of being raised.
    if isinstance(code, int) and code:
        sys.exit(code)


def _stop(message: str) -> None:
    click.echo(f"maillage: {' '.join(printable(message).split())}", err=True)
    sys.exit(1)
