"""maillage participate: somebody here takes part in an event, of here or elsewhere, or no longer does."""

from __future__ import annotations

import asyncio

import click

from node.actions.take_part import find_event, participate, stay_away
from node.cli.naming import member
from node.cli.running import RunningNode, with_node
from node.domain.participation import sentence
from node.storage.shelves.participations import ParticipationRow


async def _take_part(node: RunningNode, email: str, event: str, *, leaves: bool) -> ParticipationRow:
    person = (await node.database.read(lambda uow: member(uow, email))).iri
    if not leaves:
        async with node.outside() as outside:
            await find_event(node.database, outside, node.house(), event)
    house = node.house()
    deed = stay_away if leaves else participate
    return await node.database.write(lambda uow: deed(uow, house, person, event))


@click.command(name="participate", help="The member EMAIL takes part in the EVENT at an address, of here or elsewhere.")
@click.argument("email")
@click.argument("event")
@click.option("--leave", "leaves", is_flag=True, help="No longer take part.")
@with_node
def COMMAND(node: RunningNode, email: str, event: str, leaves: bool) -> None:
    """Asks or leaves, and says where it stands."""
    row = asyncio.run(_take_part(node, email, event, leaves=leaves))
    click.echo(f"{row.state.value}: {sentence(row.state).in_language(node.settings.node.language)}")
