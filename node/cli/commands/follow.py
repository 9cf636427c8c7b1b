"""maillage follow: a community here follows one elsewhere."""

from __future__ import annotations

import asyncio

import click

from node.actions.follow_community import find_actor, follow
from node.cli.naming import local_community
from node.cli.running import RunningNode, with_node
from node.storage.shelves.followings import FollowingRow


async def _follow(node: RunningNode, community: str, address: str) -> FollowingRow:
    iri = await node.database.read(lambda uow: local_community(uow, community))
    async with node.outside() as outside:
        target = await find_actor(node.database, outside, node.house(), address)
    house = node.house()
    return await node.database.write(lambda uow: follow(uow, house, iri, target.iri))


@click.command(name="follow", help="COMMUNITY asks to follow ADDRESS (@name@host or a URL).")
@click.argument("community")
@click.argument("address")
@with_node
def COMMAND(node: RunningNode, community: str, address: str) -> None:
    """Asks, and says where the link stands."""
    row = asyncio.run(_follow(node, community, address))
    click.echo(f"{row.follower} → {row.target}: {row.state}. {row.note}".rstrip())
