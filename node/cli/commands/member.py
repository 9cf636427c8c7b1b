"""maillage member: accounts, roles, one-time sign-in links."""

from __future__ import annotations

import sys
from datetime import timedelta

import click

from node.actions.add_member import Newcomer, add_member, admit, appoint, dismiss
from node.actions.come_in import BY_LINK
from node.actions.set_password import hashed
from node.cli.finding import found
from node.cli.naming import local_community, member
from node.cli.running import RunningNode, json_option, show_rows, with_node
from node.domain.guessing import Way
from node.errors import Invalid
from node.storage.shelves.accounts import Accounts
from node.storage.unit_of_work import UnitOfWork

#: How long a sign-in link works.
LINK_LASTS = timedelta(hours=24)


@click.group(name="member", help="The people who have an account here, and their roles.")
def COMMAND() -> None:
    """The members of this node."""


@COMMAND.command(help="Add a person by EMAIL, or somebody of another node by @name@host, with a role in a community.")
@click.argument("email")
@click.option("--name", default="", help="The person's name; needed for a new account.")
@click.option("--community", default="", help="The community they join.")
@click.option("--role", default="", help="animation, curation, documentation, membre or observation.")
@click.option("--consent", is_flag=True, help="They agree to be counted (never named) where communities touch.")
@click.option("--password-stdin", is_flag=True, help="Read a password from standard input.")
@with_node
def add(  # noqa: PLR0913, PLR0917 -- one parameter an option
    node: RunningNode, email: str, name: str, community: str, role: str, consent: bool, password_stdin: bool
) -> None:
    """Adds the account and the membership, and prints the person's IRI."""
    house = node.house()
    is_elsewhere = email.startswith(("@", "https://", "http://"))
    if is_elsewhere and not community:
        raise Invalid("somebody of another node needs --community: which one do they join?")
    guest = found(node, email) if is_elsewhere else None
    password = sys.stdin.readline().rstrip("\n") if password_stdin else ""
    if password_stdin and not password:
        raise Invalid("--password-stdin was said, and no password came by standard input: nobody was added")
    secret = hashed(password) if password else ""

    def deed(uow: UnitOfWork) -> str:
        newcomer = Newcomer(email=email, name=name, password_hash=secret, language=house.language)
        person = guest.iri if guest else add_member(uow, house, newcomer).iri
        if community:
            admit(uow, house, person, local_community(uow, community), role_name=role, consent=consent)
        return person

    click.echo(node.database.write_now(deed))


@COMMAND.command(help="Let EMAIL look after the whole node: its links with others, and what waits to be looked at.")
@click.argument("email")
@click.option("--end", is_flag=True, help="They no longer do.")
@with_node
def administer(node: RunningNode, email: str, end: bool) -> None:
    """Appoints or dismisses somebody."""
    house = node.house()

    def deed(uow: UnitOfWork) -> str:
        person = member(uow, email).iri
        if end:
            dismiss(uow, house, person)
        else:
            appoint(uow, house, person)
        return person

    click.echo(f"{node.database.write_now(deed)} {'no longer looks' if end else 'looks'} after the node.")


@COMMAND.command(help="Print a link that signs EMAIL in, once, within a day.")
@click.argument("email")
@with_node
def link(node: RunningNode, email: str) -> None:
    """Prints a one-time sign-in link."""
    house = node.house()
    token = node.database.write_now(
        lambda uow: uow.sessions.create_token(BY_LINK, member(uow, email).iri, house.now + LINK_LASTS, Way.MACHINE)
    )
    click.echo(f"{house.url}/entrer?jeton={token}")


@COMMAND.command(name="unlock", help="Forget the code, passkeys and organisation of EMAIL, who has lost them.")
@click.argument("email")
@with_node
def unlock(node: RunningNode, email: str) -> None:
    """Ends what somebody can no longer come in with; wherever they were signed in, they no longer are."""

    def deed(uow: UnitOfWork) -> str:
        person = member(uow, email).iri
        Accounts(uow.ground).forget(person)
        uow.sessions.close_all(person)
        uow.sessions.void_tokens(person)
        return person

    click.echo(f"{node.database.write_now(deed)} comes in by password or by a link: maillage member link {email}")


@COMMAND.command(name="list", help="List the people and what they belong to.")
@json_option
@with_node
def show(node: RunningNode, as_json: bool) -> None:
    """Prints the members of this node."""
    house = node.house()

    def look(uow: UnitOfWork) -> list[dict[str, object]]:
        return [
            {
                "name": row.name,
                "email": row.email,
                "communities": sorted(uow.members.communities_of(row.iri, house.now)),
                "iri": row.iri,
            }
            for row in uow.members.all()
        ]

    show_rows(node.database.read_now(look), as_json, "Nobody yet: maillage member add EMAIL --name NAME")
