"""maillage keys: new keys for the actors of this node."""

from __future__ import annotations

import click

from node.actions.rotate_keys import rotate_keys
from node.cli.naming import local_actor
from node.cli.running import RunningNode, with_node
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork


@click.group(name="keys", help="The keys by which others know that a message is from here.")
def COMMAND() -> None:
    """The keys of this node."""


@COMMAND.command(help="Give ACTORs (slug, e-mail or address) new keys, and tell those who know them.")
@click.argument("actors", nargs=-1, metavar="[ACTOR]...")
@click.option("--all", "everybody", is_flag=True, help="All actors of this node.")
@with_node
def rotate(node: RunningNode, actors: tuple[str, ...], everybody: bool) -> None:
    """Replaces keys and prints the address of each new one."""
    if bool(actors) == everybody:
        raise Invalid("say whose keys: one or more ACTORs, or --all")

    def named(uow: UnitOfWork) -> list[str]:
        if everybody:
            return [row.iri for row in uow.actors.local() if row.state == "active"]
        return [local_actor(uow, node.house(), name) for name in actors]

    for actor in node.database.read_now(named):
        row = node.database.write_now(lambda uow, actor=actor: rotate_keys(uow, node.house(), actor))  # type: ignore[misc]
        click.echo(row.key_id)
