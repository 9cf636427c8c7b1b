"""maillage unfollow: a community here no longer follows one elsewhere, or a site's feed."""

from __future__ import annotations

import click

from node.actions.follow_community import unfollow
from node.actions.follow_feed import unfollow_feed
from node.cli.naming import followed, local_community
from node.cli.running import RunningNode, with_node
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork


@click.command(name="unfollow", help="COMMUNITY no longer follows ADDRESS; what came by a feed goes with its last follower.")
@click.argument("community")
@click.argument("address")
@with_node
def COMMAND(node: RunningNode, community: str, address: str) -> None:
    """Ends the link."""
    house = node.house()

    def deed(uow: UnitOfWork) -> str:
        follower = local_community(uow, community)
        if "://" in address and uow.feeds.find(address) is not None:
            return f"{follower} → {unfollow_feed(uow, house, follower, address).iri}: ended"
        row = unfollow(uow, house, follower, _followed(uow, follower, address))
        return f"{row.follower} → {row.target}: {row.state}"

    click.echo(node.database.write_now(deed))


def _followed(uow: UnitOfWork, follower: str, address: str) -> str:
    try:
        return followed(uow, follower, address)
    except NotFound as problem:
        raise NotFound(f"{follower} follows nobody of the name {address!r}; see: maillage links") from problem
