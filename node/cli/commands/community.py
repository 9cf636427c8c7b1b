"""maillage community: add communities, list them."""

from __future__ import annotations

import click

from node.actions.add_community import add_community, describe_community
from node.cli.naming import local_community
from node.cli.running import RunningNode, json_option, show_rows, with_node
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.unit_of_work import UnitOfWork


@click.group(name="community", help="The communities of this node.")
def COMMAND() -> None:
    """The communities of this node."""


@COMMAND.command(help="Add a community.")
@click.argument("name")
@click.option("--slug", default="", help="Its name in addresses, for good; made from NAME when not given.")
@click.option("--summary", default="", help="What it is about, in a sentence.")
@click.option("--territory", default="", metavar="IRI", help="The place where it works.")
@with_node
def add(node: RunningNode, name: str, slug: str, summary: str, territory: str) -> None:
    """Adds a community and prints its IRI."""
    house = node.house()

    def deed(uow: UnitOfWork) -> str:
        row = add_community(uow, house, name, slug=slug, summary=summary)
        return describe_community(uow, house, row.iri, territory=territory).iri if territory else row.iri

    click.echo(node.database.write_now(deed))


@COMMAND.command(help="Change what COMMUNITY says of itself.")
@click.argument("community")
@click.option("--name", default="")
@click.option("--summary", default="")
@click.option("--territory", default=None, metavar="IRI")
@with_node
def describe(node: RunningNode, community: str, name: str, summary: str, territory: str | None) -> None:
    """Changes a community's description and tells its followers."""
    house = node.house()

    def deed(uow: UnitOfWork) -> str:
        iri = local_community(uow, community)
        return describe_community(uow, house, iri, name=name, summary=summary, territory=territory).iri

    click.echo(node.database.write_now(deed))


def _rows(uow: UnitOfWork) -> list[dict[str, object]]:
    return [
        {
            "name": row.name,
            "slug": row.username,
            "own": uow.holdings.count(row.iri, scope=PUBLIC_SCOPE),
            "enlarged": uow.holdings.enlarged_count(row.iri, scope=PUBLIC_SCOPE),
            "followers": len(uow.followings.to(row.iri, "accepted")),
            "following": len(uow.followings.of(row.iri, "accepted")),
            "iri": row.iri,
        }
        for row in uow.actors.local("Group")
    ]


@COMMAND.command(name="list", help="List the communities.")
@json_option
@with_node
def show(node: RunningNode, as_json: bool) -> None:
    """Prints the communities of this node."""
    show_rows(node.database.read_now(_rows), as_json, "No community yet: maillage community add NAME")
