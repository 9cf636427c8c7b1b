"""maillage unfollow: a community here no longer follows one elsewhere."""

from __future__ import annotations

import click

from node.actions.follow_community import unfollow
from node.cli.naming import followed, local_community
from node.cli.running import RunningNode, with_node
from node.storage.shelves.followings import FollowingRow
from node.storage.unit_of_work import UnitOfWork


@click.command(name="unfollow", help="COMMUNITY no longer follows ADDRESS.")
@click.argument("community")
@click.argument("address")
@with_node
def COMMAND(node: RunningNode, community: str, address: str) -> None:
    """Ends the link."""
    house = node.house()

    def deed(uow: UnitOfWork) -> FollowingRow:
        follower = local_community(uow, community)
        return unfollow(uow, house, follower, followed(uow, follower, address))

    row = node.database.write_now(deed)
    click.echo(f"{row.follower} → {row.target}: {row.state}")
