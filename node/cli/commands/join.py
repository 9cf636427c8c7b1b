"""maillage join: somebody here joins a community of another node, or leaves it."""

from __future__ import annotations

import click

from node.actions.follow_community import follow, unfollow
from node.cli.finding import found
from node.cli.naming import community_iri, member
from node.cli.running import RunningNode, with_node
from node.storage.shelves.followings import FollowingRow
from node.storage.unit_of_work import UnitOfWork


def _join(node: RunningNode, email: str, address: str) -> FollowingRow:
    person = node.database.read_now(lambda uow: member(uow, email).iri)
    target, house = found(node, address).iri, node.house()
    return node.database.write_now(lambda uow: follow(uow, house, person, target))


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

    row = node.database.write_now(parting) if leave else _join(node, email, address)
    click.echo(f"{row.follower} → {row.target}: {row.state}. {row.note}".rstrip())
