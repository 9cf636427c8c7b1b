"""maillage join: somebody here joins a community of another node, or leaves it."""

from __future__ import annotations

import asyncio

import click

from node.actions.follow_community import find_actor, follow, unfollow
from node.cli.naming import community_iri, member
from node.cli.running import RunningNode, with_node
from node.storage.shelves.followings import FollowingRow
from node.storage.unit_of_work import UnitOfWork


async def _join(node: RunningNode, email: str, address: str) -> FollowingRow:
    person = await node.database.read(lambda uow: member(uow, email).iri)
    async with node.outside() as outside:
        target = await find_actor(node.database, outside, node.house(), address)
    house = node.house()
    return await node.database.write(lambda uow: follow(uow, house, person, target.iri))


@click.command(name="join", help="The person EMAIL joins the community ADDRESS (@name@host or a URL) of another node.")
@click.argument("email")
@click.argument("address")
@click.option("--leave", is_flag=True, help="Leave it instead.")
@with_node
def COMMAND(node: RunningNode, email: str, address: str, leave: bool) -> None:
    """Asks, and says where the link stands; what they write goes there with: maillage publish FILE --community ADDRESS."""
    house = node.house()

    def parting(uow: UnitOfWork) -> FollowingRow:
        return unfollow(uow, house, member(uow, email).iri, community_iri(uow, address))

    row = node.database.write_now(parting) if leave else asyncio.run(_join(node, email, address))
    click.echo(f"{row.follower} → {row.target}: {row.state}. {row.note}".rstrip())
