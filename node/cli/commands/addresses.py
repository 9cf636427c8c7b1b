"""maillage addresses: the private addresses that people have made for lists; one is made for a person, or revoked."""

from __future__ import annotations

import click

from node.actions.keep_private_address import make, revoke
from node.cli.naming import member
from node.cli.running import RunningNode, json_option, listing_group, show_rows, with_node
from node.errors import Invalid
from node.storage.shelves.private_addresses import PrivateAddressRow
from node.storage.unit_of_work import UnitOfWork

NUMBER = click.IntRange(min=1, max=10**18)

COMMAND = listing_group("addresses", summary="Private addresses of lists, by which calendars and readers read for a person.")


@COMMAND.command(name="list", help="List the private addresses; what makes them private is not kept and cannot be shown.")
@click.option("--person", default="", metavar="EMAIL", help="Of one person only.")
@json_option
@with_node
def listing(node: RunningNode, person: str, as_json: bool) -> None:
    """Lists them."""

    def look(uow: UnitOfWork) -> list[dict[str, object]]:
        return [_row(row) for row in uow.private_addresses.of(member(uow, person).iri if person else None)]

    show_rows(node.database.read_now(look), as_json, "Nobody has made a private address.")


def _row(row: PrivateAddressRow) -> dict[str, object]:
    return {
        "number": row.id,
        "person": row.person,
        "name": row.name,
        "list": row.list,
        "since": row.created_at.isoformat(timespec="seconds"),
        "used": row.used_at.isoformat(timespec="seconds") if row.used_at else "",
    }


@COMMAND.command(name="make", help="Make one of LIST (such as /agenda) for the person EMAIL; it is told this once.")
@click.argument("email")
@click.argument("address", metavar="LIST")
@click.option("--name", default="", help="What they will know it by.")
@click.option("--format", "form", default="atom", show_default=True, help="The format of the address that is printed.")
@with_node
def making(node: RunningNode, email: str, address: str, name: str, form: str) -> None:
    """Makes one."""
    house = node.house()
    known = sorted(each.name for each in node.formats.values() if each.write)
    if form not in known:
        raise Invalid(f"{form!r} is not written; formats: {', '.join(known)}")
    token = node.database.write_now(lambda uow: make(uow, house, member(uow, email).iri, address, name))
    click.echo(f"{house.url}/prive/{token}/{form}")


@COMMAND.command(name="revoke", help="Revoke NUMBER, at once and for good.")
@click.argument("number", type=NUMBER)
@with_node
def revoking(node: RunningNode, number: int) -> None:
    """Revokes one."""
    node.database.write_now(lambda uow: revoke(uow, number))
    click.echo("It opens nothing any more.")
