"""maillage community: add communities, list them; what they show first, and who follows them without belonging to them."""

from __future__ import annotations

from collections.abc import Callable

import click

from node.actions.add_community import add_community, describe_community
from node.actions.add_member import admit
from node.actions.feature import feature, unfeature
from node.actions.restrict_community import restrict
from node.cli.naming import local_community
from node.cli.running import RunningNode, json_option, show_rows, with_node
from node.contracts import House
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork

Choice = Callable[[UnitOfWork, House, str, str, str], None]


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


@COMMAND.command(name="feature", help="COMMUNITY shows the resource IRI before all others, and tells its followers.")
@click.argument("community")
@click.argument("iri")
@with_node
def featuring(node: RunningNode, community: str, iri: str) -> None:
    """Shows something first."""
    _choose(node, community, iri, feature)
    click.echo(f"{iri} is shown first.")


@COMMAND.command(name="unfeature", help="COMMUNITY shows the resource IRI among the others again.")
@click.argument("community")
@click.argument("iri")
@with_node
def unfeaturing(node: RunningNode, community: str, iri: str) -> None:
    """No longer shows something first."""
    _choose(node, community, iri, unfeature)
    click.echo(f"{iri} is no longer shown first.")


def _choose(node: RunningNode, community: str, iri: str, choice: Choice) -> None:
    house = node.house()
    node.database.write_now(lambda uow: choice(uow, house, local_community(uow, community), iri, house.organisation))


@COMMAND.command(name="restrict", help="Only those who coordinate COMMUNITY publish in it; what others send waits.")
@click.argument("community")
@click.option("--lift", is_flag=True, help="Every member publishes again.")
@with_node
def restricting(node: RunningNode, community: str, lift: bool) -> None:
    """Reserves a community to its coordinators, or opens it again."""
    house = node.house()
    node.database.write_now(lambda uow: restrict(uow, house, local_community(uow, community), is_restricted=not lift))
    click.echo("Every member publishes again." if lift else "Only those who coordinate it publish in it now.")


@COMMAND.command(name="guests", help="List the people of other nodes who follow COMMUNITY and are not its members.")
@click.argument("community")
@json_option
@with_node
def guests(node: RunningNode, community: str, as_json: bool) -> None:
    """Prints the guests of a community."""
    house = node.house()

    def look(uow: UnitOfWork) -> list[dict[str, object]]:
        people = [uow.actors.get(iri) for iri in uow.members.guests(local_community(uow, community), house.now)]
        return [{"name": row.name, "address": f"@{row.username}@{row.host}", "iri": row.iri} for row in people if row]

    show_rows(node.database.read_now(look), as_json, "No guest.")


@COMMAND.command(name="welcome", help="Make the guest WHO (@name@host or an IRI) a member of COMMUNITY.")
@click.argument("community")
@click.argument("who")
@click.option("--role", default="", help="animation, curation, documentation, membre or observation.")
@with_node
def welcome(node: RunningNode, community: str, who: str, role: str) -> None:
    """Makes a guest a member: what they send to the community is published at once from now on."""
    house = node.house()

    def deed(uow: UnitOfWork) -> str:
        group = local_community(uow, community)
        people = [uow.actors.get(iri) for iri in uow.members.guests(group, house.now)]
        named = [row.iri for row in people if row and who in {row.iri, f"@{row.username}@{row.host}"}]
        if not named:
            raise NotFound(
                f"{who} is no guest of {community}; anybody else joins with: maillage member add {who} --community {community}"
            )
        return admit(uow, house, named[0], group, role_name=role).person

    click.echo(f"{node.database.write_now(deed)} is a member now.")


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
