"""maillage follow: a community here follows one elsewhere, or a site by its feed."""

from __future__ import annotations

import click

from node.actions.follow_community import follow
from node.actions.follow_feed import Candidate
from node.cli.feeding import followed_by_feed, found_either
from node.cli.naming import local_community
from node.cli.running import RunningNode, with_node


@click.command(
    name="follow",
    help="COMMUNITY asks to follow ADDRESS (@name@host or a URL). A site that has only a feed (Atom, RSS, JSON Feed, iCalendar) "
    "is followed by it; the address of the site is enough.",
)
@click.argument("community")
@click.argument("address")
@click.option("--feed", "is_feed", is_flag=True, help="Follow the feed, even where there is somebody who could be followed.")
@with_node
def COMMAND(node: RunningNode, community: str, address: str, is_feed: bool) -> None:
    """Asks, and says where the link stands."""
    follower = node.database.read_now(lambda uow: local_community(uow, community))
    found, house = found_either(node, address, is_feed=is_feed), node.house()
    if isinstance(found, Candidate):
        feed, count = followed_by_feed(node, follower, found)
        click.echo(f"{follower} → {feed.iri}: followed by its feed ({feed.format}, {feed.name}). {count} items.")
        return
    row = node.database.write_now(lambda uow: follow(uow, house, follower, found.iri))
    click.echo(f"{row.follower} → {row.target}: {row.state}. {row.note}".rstrip())
